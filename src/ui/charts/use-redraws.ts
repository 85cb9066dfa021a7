import { useEffect, useState } from "react";
import { usePlayground } from "../playground.tsx";

/**
 * Grows when metrics or runs have changed, but at most once in so many milliseconds, and not while nobody sees the page.
 * Metrics grow outside of React: what draws them looks at them anew whenever this grows.
 */
export function useRedraws(ms: number): number {
  const { run, runs } = usePlayground();
  const [redraws, setRedraws] = useState(0);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isBehind = false;
    const redraw = () => {
      timer = undefined;
      isBehind = document.visibilityState === "hidden";
      if (!isBehind) setRedraws((count) => count + 1);
    };
    const ask = () => {
      timer ??= setTimeout(redraw, ms);
    };
    const catchUp = () => {
      if (isBehind && document.visibilityState === "visible") redraw();
    };
    const stops = [run.subscribe(ask), runs.subscribe(ask)];
    document.addEventListener("visibilitychange", catchUp);
    ask();
    return () => {
      clearTimeout(timer);
      for (const stop of stops) stop();
      document.removeEventListener("visibilitychange", catchUp);
    };
  }, [run, runs, ms]);
  return redraws;
}
