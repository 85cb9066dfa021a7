import type { Problem } from "../../app/engine-types.ts";
import { RepairButtons } from "../fields/repair-buttons.tsx";
import { useText } from "../i18n.ts";

interface CardProblemProps {
  readonly problem: Problem;
  /** Left out on a group: what cures its node is offered there. */
  readonly node?: string;
}

/** What is wrong with a layer, on its card, with what one click would cure. */
export function CardProblem({ problem, node }: CardProblemProps) {
  const text = useText();
  return (
    // The focus stays with the card when the button that was pressed is gone.
    // biome-ignore lint/a11y: what is pressed is the buttons in it
    <div
      className="nodrag cursor-auto border-t border-line bg-bad-soft px-3 py-2 text-xs leading-[1.45]"
      onClick={({ currentTarget }) => currentTarget.closest<HTMLElement>(".react-flow__node")?.focus()}
    >
      <p className="wrap-anywhere text-bad first-letter:uppercase">{text(problem.text)}</p>
      {node !== undefined && <RepairButtons problem={problem} node={node} />}
    </div>
  );
}
