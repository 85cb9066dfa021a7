import type { NodeProps } from "@xyflow/react";
import { ChevronsDownUp, ChevronsUpDown } from "lucide-react";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import { renameGroup, setCollapsed } from "../../app/edits/groups.ts";
import type { GroupSpec } from "../../app/engine-types.ts";
import { FamilySquare } from "../fields/family-square.tsx";
import { formatNumber } from "../format.ts";
import { usePlayground } from "../playground.tsx";
import { classNames } from "../primitives/class-names.ts";
import { IconButton } from "../primitives/icon-button.tsx";
import { useCanvas, useCanvasStore } from "./canvas-store.ts";
import { CardFrame } from "./card-frame.tsx";
import { CardProblem } from "./card-problem.tsx";
import { elementOf } from "./focus-card.ts";
import { NameInput } from "./name-input.tsx";
import type { FrameNode, GroupNode } from "./network.ts";
import { shapeText } from "./settings-line.ts";

/** A closed group: one card for all of its layers. */
export const GroupCard = memo(function GroupCard({
  data,
  selected,
  sourcePosition,
  targetPosition,
}: NodeProps<GroupNode>) {
  const { t } = useTranslation("canvas");
  const { group, shape, parameters, problem } = data;
  return (
    <div className="relative">
      {/* Cards that lie below: it stands for several. */}
      <div aria-hidden className="absolute inset-x-1.5 top-1.5 -bottom-1 rounded-xl border border-line bg-panel" />
      <div className="relative">
        <CardFrame
          selected={selected}
          hasProblem={problem !== undefined}
          hasInput
          input={targetPosition}
          output={sourcePosition}
          footer={
            <>
              <span>{shape ? shapeText(shape) : "–"}</span>
              <span>{parameters ? formatNumber(parameters) : ""}</span>
            </>
          }
        >
          <header className="py-2.25 pr-1.5 pl-3">
            <div className="flex items-baseline gap-2 leading-4.5">
              <FamilySquare family="block" />
              <GroupName group={group} />
              <ToggleGroup group={group} />
            </div>
            <p className="text-xs leading-4.25 text-muted">{t("layerCount", { count: group.nodes.length })}</p>
          </header>
          {problem && <CardProblem problem={problem} />}
        </CardFrame>
      </div>
    </div>
  );
});

/** Round the layers of an open group. */
export const GroupFrame = memo(function GroupFrame({ data: { group }, selected }: NodeProps<FrameNode>) {
  return (
    <div
      className={classNames(
        "h-full rounded-2xl border border-dashed bg-sunken/40",
        selected ? "border-accent" : "border-line-strong",
      )}
    >
      <header className="flex h-8.5 items-center gap-2 pr-1.5 pl-3.5">
        <FamilySquare family="block" />
        <GroupName group={group} />
        <ToggleGroup group={group} />
      </header>
    </div>
  );
});

function GroupName({ group: { id, name } }: { readonly group: GroupSpec }) {
  const { t } = useTranslation("canvas");
  const { experiments } = usePlayground();
  const canvas = useCanvasStore();
  const isRenaming = useCanvas(({ renaming }) => renaming === id);
  if (!isRenaming) return <span className="min-w-0 flex-1 font-semibold wrap-anywhere">{name}</span>;
  return (
    <NameInput
      label={t("groupName")}
      name={name}
      fault={(text) => (text.trim() === "" ? t("nameEmpty") : undefined)}
      onCancel={() => canvas.setState({ renaming: undefined })}
      onTake={(text) => {
        canvas.setState({ renaming: undefined });
        experiments.edit((experiment) => renameGroup(experiment, id, text));
      }}
    />
  );
}

function ToggleGroup({ group: { id, collapsed } }: { readonly group: GroupSpec }) {
  const { t } = useTranslation("canvas");
  const { experiments } = usePlayground();
  const Icon = collapsed ? ChevronsUpDown : ChevronsDownUp;
  return (
    <IconButton
      label={collapsed ? t("expand") : t("collapse")}
      className="nodrag -my-1 size-6 self-center rounded-md"
      onClick={() => {
        experiments.edit((experiment) => setCollapsed(experiment, id, !collapsed));
        // The other way round it is another element.
        requestAnimationFrame(() => elementOf(document.body, id)?.focus());
      }}
    >
      <Icon size={13} />
    </IconButton>
  );
}
