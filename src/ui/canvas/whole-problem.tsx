import { ProblemNote } from "../fields/problem-note.tsx";
import { useExperiment, useRun } from "../playground.tsx";

/** What is wrong with the experiment as a whole, where that belongs to no card. */
export function WholeProblem() {
  const problem = useRun(({ problem, draft, status }) =>
    problem !== undefined && status === "invalid" && !draft?.nodes.has(problem.node ?? "") ? problem : undefined,
  );
  // What has only been begun lacks something, as everyone sees.
  const isBegun = useExperiment(({ experiment }) => (experiment?.model.nodes.length ?? 0) > 1);
  if (problem === undefined || !isBegun) return null;
  return (
    <div className="max-w-md rounded-lg border border-bad shadow-card first-letter:uppercase">
      <ProblemNote problem={problem} />
    </div>
  );
}
