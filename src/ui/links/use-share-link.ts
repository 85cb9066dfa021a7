import { useEffect, useState } from "react";
import type { LinkBase, LinkLesson } from "../../app/link/encode-link.ts";
import { linkBaseOf, nameInAddress, shareHash } from "../../app/sharing.ts";
import { useExperiment, usePlayground } from "../playground.tsx";

/** The link to the experiment at hand, made anew as it or the lesson changes; undefined until it is made. */
export function useShareLink(lesson: LinkLesson, isOpen: boolean) {
  const playground = usePlayground();
  const { experiment, preset } = useExperiment((state) => ({ experiment: state.experiment, preset: state.preset }));
  const [base, setBase] = useState<LinkBase>();
  const [hash, setHash] = useState<string>();

  // biome-ignore lint/correctness/useExhaustiveDependencies: another preset is another base
  useEffect(() => {
    if (!isOpen) return;
    let isOld = false;
    linkBaseOf(playground).then((found) => {
      if (isOld) return;
      setBase(found);
      nameInAddress(playground, found);
    });
    return () => {
      isOld = true;
    };
  }, [playground, preset, isOpen]);

  useEffect(() => {
    if (base === undefined || experiment === undefined) return;
    let isOld = false;
    shareHash(playground, experiment, base, lesson).then((made) => {
      if (!isOld) setHash(made);
    });
    return () => {
      isOld = true;
    };
  }, [playground, base, experiment, lesson]);

  return { base, experiment, hash };
}
