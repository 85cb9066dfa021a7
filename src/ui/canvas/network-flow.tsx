import {
  Background,
  type Connection,
  type EdgeChange,
  type FinalConnectionState,
  type NodeChange,
  ReactFlow,
  SelectionMode,
} from "@xyflow/react";
import { type FocusEvent, type RefObject, useCallback, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { connectionFault } from "../../app/edits/edges.ts";
import type { ModelSpec } from "../../app/engine-types.ts";
import { useExperiment, usePlayground } from "../playground.tsx";
import { useIsNarrow } from "../shell/use-is-narrow.ts";
import { roomIn } from "./canvas-actions.ts";
import { CanvasControls } from "./canvas-controls.tsx";
import { CanvasMenuGate } from "./canvas-menu-gate.tsx";
import { isLaidOut } from "./canvas-parts.ts";
import { useCanvas, useCanvasStore } from "./canvas-store.ts";
import { DraggedLayerGhost } from "./dragged-layer-ghost.tsx";
import { bringIntoView, cardIdOf } from "./focus-card.ts";
import { GroupCard, GroupFrame } from "./group-card.tsx";
import { LayerCard } from "./layer-card.tsx";
import type { Size } from "./layout/box.ts";
import type { CanvasEdge, CanvasNode } from "./network.ts";
import { OverviewMap } from "./overview-map.tsx";
import { ShapeEdge } from "./shape-edge.tsx";
import { useCanvasParts } from "./use-canvas-parts.ts";
import { useClipboardKeys } from "./use-clipboard-keys.ts";
import { useDetail } from "./use-detail.ts";
import { useFitting } from "./use-fitting.ts";
import { useKeysFromNowhere } from "./use-keys-from-nowhere.ts";
import { useDragged, useMoves } from "./use-moves.ts";
import { useNetwork } from "./use-network.ts";
import { useNewInView } from "./use-new-in-view.ts";

const NODE_TYPES = { layer: LayerCard, group: GroupCard, frame: GroupFrame };
const EDGE_TYPES = { shape: ShapeEdge };
const MULTI_SELECT_KEYS = ["Shift", "Meta", "Control"];
/** What keys do here is said by the canvas itself; React Flow's own hints are of keys that it does not have. */
const NO_HINTS = { "node.a11yDescription.default": "", "edge.a11yDescription.default": "" };

/** Networks with more cards than this draw only what is in view. */
const MANY = 60;

interface NetworkFlowProps {
  readonly model: ModelSpec;
  readonly size: Size;
  readonly root: RefObject<HTMLElement | null>;
}

/** The network itself: cards and edges, to be looked at, moved and connected. */
export function NetworkFlow({ model, size, root }: NetworkFlowProps) {
  const { t } = useTranslation("canvas");
  const { experiments } = usePlayground();
  const canvas = useCanvasStore();
  const isNarrow = useIsNarrow();
  const { selection, openings } = useExperiment(({ selection, openings }) => ({ selection, openings }));
  const connecting = useCanvas((state) => state.connecting);
  const [heights, setHeights] = useState<ReadonlyMap<string, number>>(new Map());
  const [dragged, setDragged] = useDragged();
  const view = useMemo(() => roomIn(size), [size]);
  const network = useNetwork({ model, selection, view, heights, dragged, connecting });
  const { parts, actions, walking, clipboard, keys, drop } = useCanvasParts(network, view, root);
  const { follow, release } = useFitting({
    layout: network.resting,
    view,
    openings,
    isLaidOut: isLaidOut({ model }),
  });
  useClipboardKeys(parts, clipboard, actions);
  useKeysFromNowhere(keys);
  useNewInView(parts, model);
  const look = useDetail(parts, network.layout);

  const onMoves = useMoves({ network: parts.network, actions, setDragged });
  const onSelect = useCallback(
    (changes: readonly (NodeChange<CanvasNode> | EdgeChange<CanvasEdge>)[]) => {
      const before = experiments.getState().selection;
      const next = new Set(before);
      for (const change of changes) {
        if (change.type === "select") change.selected ? next.add(change.id) : next.delete(change.id);
      }
      if (next.size !== before.length || before.some((id) => !next.has(id))) experiments.select([...next]);
    },
    [experiments],
  );
  const onNodesChange = useCallback(
    (changes: NodeChange<CanvasNode>[]) => {
      onSelect(changes);
      onMoves(changes);
      const measured = changes.flatMap((change) =>
        change.type === "dimensions" && change.dimensions ? [[change.id, change.dimensions.height] as const] : [],
      );
      const { sizes } = parts.network();
      const wrong = measured.filter(([id, height]) => Math.abs((sizes.get(id)?.height ?? 0) - height) > 1);
      if (wrong.length > 0) setHeights((before) => new Map([...before, ...wrong]));
    },
    [onSelect, onMoves, parts],
  );
  const isValidConnection = useCallback(
    ({ source, target }: Connection | CanvasEdge) => {
      const { experiment } = experiments.getState();
      return experiment !== undefined && connectionFault(experiment, source, target) === undefined;
    },
    [experiments],
  );
  /** An edge that was let go of over a card that it cannot lead to: says why. */
  const onConnectEnd = useCallback(
    (_: unknown, { isValid, fromHandle, toHandle }: FinalConnectionState) => {
      if (isValid || !fromHandle || !toHandle || fromHandle.nodeId === toHandle.nodeId) return;
      const isForward = fromHandle.type === "source";
      const [from, to] = isForward ? [fromHandle, toHandle] : [toHandle, fromHandle];
      if (from.type !== to.type) actions.connect(from.nodeId, to.nodeId);
    },
    [actions],
  );
  const onFocus = useCallback(
    ({ target }: FocusEvent) => {
      const id = cardIdOf(target);
      if (
        id === undefined ||
        !target.matches(".react-flow__node, .react-flow__edge") ||
        !target.matches(":focus-visible")
      ) {
        return;
      }
      if (!canvas.getState().connecting) experiments.select([id]);
      const box = parts.network().layout.get(id);
      if (box) bringIntoView(parts.flow, box, root.current);
    },
    [canvas, experiments, parts, root],
  );

  return (
    <>
      <ReactFlow<CanvasNode, CanvasEdge>
        nodes={network.nodes}
        edges={network.edges}
        nodeTypes={NODE_TYPES}
        edgeTypes={EDGE_TYPES}
        onNodesChange={onNodesChange}
        onEdgesChange={onSelect}
        onConnect={({ source, target }) => actions.connect(source, target)}
        onConnectEnd={onConnectEnd}
        onClickConnectEnd={onConnectEnd}
        isValidConnection={isValidConnection}
        onMoveStart={(event) => event && release()}
        onMove={(_, viewport) => look(viewport)}
        onNodeDoubleClick={(_, { id, type }) => type !== "layer" && actions.rename(id)}
        onKeyDown={keys}
        onFocus={onFocus}
        onlyRenderVisibleElements={network.nodes.length > MANY}
        // A group that opens has no handles, while its edges are about to go to its nodes.
        onError={(code, message) => code !== "008" && console.warn(message)}
        disableKeyboardA11y
        ariaLabelConfig={NO_HINTS}
        attributionPosition="top-right"
        deleteKeyCode={null}
        multiSelectionKeyCode={MULTI_SELECT_KEYS}
        selectionMode={SelectionMode.Partial}
        zoomOnDoubleClick={false}
        elevateNodesOnSelect={false}
        minZoom={0.05}
        maxZoom={2.5}
        connectionRadius={36}
        nodeDragThreshold={3}
        aria-label={t("network")}
        tabIndex={0}
        {...drop.handlers}
      >
        <Background gap={22} size={1.4} />
        {!isNarrow && <OverviewMap />}
      </ReactFlow>
      <div className="absolute right-3 bottom-3">
        <CanvasControls actions={actions} onZoom={release} onFit={follow} />
      </div>
      <DraggedLayerGhost drop={drop} />
      <CanvasMenuGate {...{ actions, clipboard, walking, toCanvas: parts.flow.screenToFlowPosition }} root={root} />
    </>
  );
}
