import { Component, type ReactNode, Suspense } from "react";
import { Failure } from "./failure.tsx";

interface PartProps {
  readonly children: ReactNode;
  /** Stands in its place while its code is fetched. */
  readonly fallback?: ReactNode;
  /** Of what is over the page, as dialogs are: what goes when that is closed, should it have failed. */
  readonly onClose?: () => void;
}

interface PartState {
  readonly failed: { readonly error: unknown } | undefined;
}

/** What could not be fetched, as Vite tells of it: browsers word it each in their own way. */
const notLoaded = new WeakSet<Error>();
window.addEventListener("vite:preloadError", ({ payload }) => notLoaded.add(payload));

/**
 * A part of the page that stands for itself: its code may come later, and where that cannot be fetched, or drawing it
 * fails, the part says so and the rest of the page goes on.
 */
export class Part extends Component<PartProps, PartState> {
  override state: PartState = { failed: undefined };

  static getDerivedStateFromError(error: unknown): PartState {
    return { failed: { error } };
  }

  override render() {
    const { children, fallback, onClose } = this.props;
    const { failed } = this.state;
    if (failed === undefined) return <Suspense fallback={fallback}>{children}</Suspense>;
    const { error } = failed;
    return (
      <Failure
        error={error}
        isNotLoaded={error instanceof Error && notLoaded.has(error)}
        onRetry={() => this.setState({ failed: undefined })}
        onClose={onClose}
      />
    );
  }
}
