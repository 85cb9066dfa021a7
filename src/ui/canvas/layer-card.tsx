import type { NodeProps } from "@xyflow/react";
import { Snowflake } from "lucide-react";
import { Fragment, memo } from "react";
import { useTranslation } from "react-i18next";
import { INPUT_LAYER } from "../../app/edits/model.ts";
import { idFault, renameNode } from "../../app/edits/nodes.ts";
import { FamilySquare } from "../fields/family-square.tsx";
import { formatNumber } from "../format.ts";
import { usePlayground } from "../playground.tsx";
import { useCanvas, useCanvasStore } from "./canvas-store.ts";
import { CardFrame } from "./card-frame.tsx";
import { CardProblem } from "./card-problem.tsx";
import { elementOf } from "./focus-card.ts";
import { NameInput } from "./name-input.tsx";
import type { LayerNode } from "./network.ts";
import { Picture } from "./picture.tsx";
import { shapeText } from "./settings-line.ts";

/** A layer: its kind, its main settings, what it holds, what it gives, and what is wrong with it. */
export const LayerCard = memo(function LayerCard({
  id,
  data,
  selected,
  sourcePosition,
  targetPosition,
}: NodeProps<LayerNode>) {
  const { t } = useTranslation("canvas");
  const { node, family, settings, shape, parameters, problem, pictureHeight, isPlane, isOutput } = data;
  const isInput = node.layer === INPUT_LAYER;
  const isRenaming = useCanvas(({ renaming }) => renaming === id);
  return (
    <CardFrame
      selected={selected}
      hasProblem={problem !== undefined}
      hasInput={!isInput}
      input={targetPosition}
      output={sourcePosition}
      footer={
        <>
          <span>{shape ? shapeText(shape) : "–"}</span>
          <span>{parameters ? formatNumber(parameters) : ""}</span>
        </>
      }
    >
      <header className="px-3 py-2.25" title={id}>
        <div className="flex items-baseline gap-2 leading-4.5">
          <FamilySquare family={family} />
          {isRenaming ? (
            <IdInput id={id} />
          ) : (
            <span className="min-w-0 font-semibold wrap-anywhere">
              <Breakable name={node.layer} />
            </span>
          )}
          {node.frozen && (
            <span role="img" aria-label={t("frozen")} title={t("frozen")} className="ml-auto self-center text-faint">
              <Snowflake size={12} />
            </span>
          )}
        </div>
        {settings !== "" && <p className="truncate text-xs leading-4.25 text-muted">{settings}</p>}
      </header>
      {pictureHeight > 0 && (
        <div className="mb-2.25">
          <Picture id={id} height={pictureHeight} isPlane={isPlane} isInput={isInput} isOutput={isOutput} />
        </div>
      )}
      {problem && <CardProblem problem={problem} node={id} />}
    </CardFrame>
  );
});

/** A kind in camel case may go on in the next line before each of its words. */
function Breakable({ name }: { readonly name: string }) {
  return name.split(/(?<=[a-z0-9])(?=[A-Z][a-z])/).map((word, k) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the words of a name keep their places
    <Fragment key={k}>
      {k > 0 && <wbr />}
      {word}
    </Fragment>
  ));
}

function IdInput({ id }: { readonly id: string }) {
  const { t } = useTranslation("canvas");
  const { experiments } = usePlayground();
  const canvas = useCanvasStore();
  return (
    <NameInput
      label={t("nodeId")}
      name={id}
      fault={(name) => {
        const { experiment } = experiments.getState();
        const fault = experiment && idFault(experiment, id, name);
        return fault && t(`idFault.${fault}`);
      }}
      onCancel={() => canvas.setState({ renaming: undefined })}
      onTake={(name) => {
        canvas.setState({ renaming: undefined });
        experiments.edit((experiment) => renameNode(experiment, id, name));
        experiments.select([name]);
        // With another id it is another element.
        requestAnimationFrame(() => elementOf(document.body, name)?.focus());
      }}
    />
  );
}
