import { useEffect, useState } from "react";
import type { LinkBase, LinkLesson } from "../../app/link/encode-link.ts";
import { linkBaseOf, nameInAddress, shareHash } from "../../app/sharing.ts";
import { useExperiment, usePlayground } from "../playground.tsx";

/**
 * The link to the experiment at hand, made anew as it or the lesson changes; undefined until it is made. It fails where
 * the preset that it starts from cannot be loaded.
 */
export function useShareLink(lesson: LinkLesson) {
  const playground = usePlayground();
  const experiment = useExperiment((state) => state.experiment);
  const [base, setBase] = useState<LinkBase>();
  const [hash, setHash] = useState<string>();
  const [hasFailed, setHasFailed] = useState(false);

  useEffect(() => {
    let isOld = false;
    linkBaseOf(playground)
      .then((found) => {
        if (isOld) return;
        setBase(found);
        return nameInAddress(playground, found);
      })
      .catch(() => {
        if (!isOld) setHasFailed(true);
      });
    return () => {
      isOld = true;
    };
  }, [playground]);

  useEffect(() => {
    if (base === undefined || experiment === undefined) return;
    let isOld = false;
    shareHash(playground, experiment, base, lesson).then(
      (made) => {
        if (!isOld) setHash(made);
      },
      () => {
        if (!isOld) setHasFailed(true);
      },
    );
    return () => {
      isOld = true;
    };
  }, [playground, base, experiment, lesson]);

  return { base, experiment, hash, hasFailed };
}
