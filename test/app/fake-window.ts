import type { AddressBar } from "../../src/app/location.ts";

interface Step {
  readonly state: unknown;
  readonly url: URL;
}

/** A window's address bar and history, with back, forward and a hash that is pasted. */
export function fakeWindow(start = "http://localhost/app/?x=1") {
  let steps: Step[] = [{ state: null, url: new URL(start) }];
  let at = 0;
  const listeners = new Map<string, (() => void)[]>();
  const here = () => steps[at] as Step;
  const tell = (kind: string) => {
    for (const listener of listeners.get(kind) ?? []) listener();
  };
  const go = (by: number) => {
    at += by;
    tell("popstate");
    tell("hashchange");
  };
  const put = (state: unknown, url: string | undefined): Step => ({
    state: structuredClone(state),
    url: new URL(url ?? here().url.href, here().url),
  });
  const bar = {
    get location() {
      return here().url;
    },
    history: {
      get state() {
        return here().state;
      },
      pushState(state: unknown, _: string, url?: string) {
        steps = [...steps.slice(0, at + 1), put(state, url)];
        at++;
      },
      replaceState(state: unknown, _: string, url?: string) {
        steps[at] = put(state, url);
      },
    },
    addEventListener: (kind: string, listener: () => void) =>
      listeners.set(kind, [...(listeners.get(kind) ?? []), listener]),
  };
  return {
    bar: bar as unknown as AddressBar,
    hash: () => here().url.hash,
    back: () => go(-1),
    forward: () => go(1),
    /** As by hand: a new step without a state. */
    paste(hash: string) {
      steps = [...steps.slice(0, at + 1), put(null, hash)];
      go(1);
    },
    /** The page is loaded anew at the same step. */
    forgetListeners: () => listeners.clear(),
  };
}
