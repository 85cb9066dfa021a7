import { type RefObject, useEffect, useRef } from "react";

/** Whenever something changes, puts the focus on an element if it is nowhere: what had it may have gone with the change. */
export function useRefocus(element: RefObject<HTMLElement | null>, changing: unknown): void {
  const before = useRef(changing);
  useEffect(() => {
    if (changing === before.current) return;
    before.current = changing;
    if (document.activeElement === document.body) element.current?.focus();
  }, [element, changing]);
}
