import {
  type KeyboardEvent,
  type PointerEvent,
  type RefObject,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { onSettings } from "../settings.ts";
import { type Camera, centreOn, fit, startCamera, zoomAt } from "./camera.ts";
import { type Colours, coloursOf, draw } from "./draw.ts";
import { keyTarget } from "./keyTarget.ts";
import { layOut } from "./layout.ts";
import type { Neighbourhood } from "./neighbourhood.ts";
import { nodeAt } from "./nodeAt.ts";
import { makeScene } from "./scene.ts";

interface LineageDrawingProps {
  neighbourhood: Neighbourhood;
  /** The release whose lineage is shown. */
  focusId: number;
  selectedId: number;
  /** Releases that match the search. */
  matches: ReadonlySet<number>;
  onSelect: (id: number) => void;
  /** Called with the release whose neighbours the drawing should add. */
  onExpand: (id: number) => void;
}

const ZOOM_STEP = 1.25;
const PAN_PX = 60;

/** Drawing of a neighbourhood. The lists on the page have the same content. */
export function LineageDrawing(props: LineageDrawingProps) {
  const { neighbourhood, focusId, selectedId, matches, onSelect, onExpand } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const [camera, setCamera] = useState<Camera>();
  const [size, setSize] = useState({ width: 0, height: 0 });
  const [hoveredId, setHoveredId] = useState<number>();
  const colours = useColours(canvas);
  const layout = useMemo(() => layOut(neighbourhood), [neighbourhood]);
  const scene = useMemo(() => makeScene(neighbourhood, layout), [neighbourhood, layout]);
  const start = useMemo(
    () => startCamera(scene.box, layout.positions.get(focusId), size.width, size.height),
    [layout, scene, focusId, size],
  );
  const showAll = () => setCamera(fit(scene.box, size.width, size.height));
  const view = camera ?? start;

  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setSize({ width: element.clientWidth, height: element.clientHeight }));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const zoom = useCallback(
    (factor: number, x = size.width / 2, y = size.height / 2) =>
      setCamera((current) => zoomAt(current ?? start, factor, x, y)),
    [start, size],
  );
  useEffect(() => {
    const element = canvas.current;
    const onWheel = (event: WheelEvent) => {
      // Without the focus, the wheel scrolls the page past the drawing.
      if (document.activeElement !== element && !event.ctrlKey) return;
      event.preventDefault();
      zoom(Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.0015)), event.offsetX, event.offsetY);
    };
    element?.addEventListener("wheel", onWheel, { passive: false });
    return () => element?.removeEventListener("wheel", onWheel);
  }, [zoom]);

  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext("2d");
    if (!element || !context || !colours || size.width === 0) return;
    const frame = requestAnimationFrame(() => {
      const ratio = window.devicePixelRatio;
      const [width, height] = [Math.round(size.width * ratio), Math.round(size.height * ratio)];
      if (element.width !== width || element.height !== height) {
        element.width = width;
        element.height = height;
      }
      const markedId = hoveredId ?? selectedId;
      const edges = [...(neighbourhood.up.get(markedId) ?? []), ...(neighbourhood.down.get(markedId) ?? [])];
      draw(context, ratio, scene, view, colours, { focusId, selectedId, hoveredId, matches, edges });
    });
    return () => cancelAnimationFrame(frame);
  }, [scene, view, size, neighbourhood, focusId, selectedId, hoveredId, matches, colours]);

  /** Selects a release, and moves the drawing if the release is out of sight. */
  const show = (id: number) => {
    onSelect(id);
    const position = layout.positions.get(id);
    if (!position) return;
    const [x, y] = [position.x * view.scale + view.x, position.y * view.scale + view.y];
    const isInside = x > 20 && x < size.width - 120 && y > 20 && y < size.height - 20;
    if (!isInside) setCamera(centreOn(position.x, position.y, view.scale, scene.box, size.width, size.height));
  };

  const pointers = usePointers({
    onPan: (x, y) => setCamera({ ...view, x: view.x + x, y: view.y + y }),
    onPinch: (factor, x, y) => zoom(factor, x, y),
    onTap(x, y) {
      const id = nodeAt(scene.nodes, view, x, y);
      if (id !== undefined) onSelect(id);
    },
    onHover: (x, y) => setHoveredId(nodeAt(scene.nodes, view, x, y)),
  });

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const pan = event.shiftKey ? panKeys[event.key] : undefined;
    if (pan) setCamera({ ...view, x: view.x + pan[0] * PAN_PX, y: view.y + pan[1] * PAN_PX });
    else if (event.key === "+" || event.key === "=") zoom(ZOOM_STEP);
    else if (event.key === "-") zoom(1 / ZOOM_STEP);
    else if (event.key === "0") showAll();
    else if (event.key === "Enter" || event.key === " ") onExpand(selectedId);
    else {
      const target = keyTarget({ key: event.key, selectedId, focusId, neighbourhood, layout });
      if (target === undefined) return;
      if (target !== null) show(target);
    }
    event.preventDefault();
  };

  return (
    <div className="drawing">
      <canvas
        ref={canvas}
        // Its keys are described below it, and the lists on the page have the same content.
        // oxlint-disable-next-line jsx-a11y/no-interactive-element-to-noninteractive-role
        role="application"
        aria-label={`Drawing of ${neighbourhood.nodes.size} releases and ${neighbourhood.edges.size} contributions; the lists below have the same content`}
        aria-describedby="drawing-keys"
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        onKeyDown={onKeyDown}
        onDoubleClick={() => hoveredId !== undefined && onExpand(hoveredId)}
        {...pointers}
      />
      <div className="zoom">
        <button type="button" aria-label="Zoom in" onClick={() => zoom(ZOOM_STEP)}>
          +
        </button>
        <button type="button" aria-label="Zoom out" onClick={() => zoom(1 / ZOOM_STEP)}>
          −
        </button>
        <button type="button" onClick={showAll}>
          Fit
        </button>
      </div>
      <p id="drawing-keys" className="hint">
        Touch: drag, pinch, tap. Mouse: drag to move, click the drawing and scroll to zoom. Keys: arrows follow
        contributions, Enter shows neighbours, + and − zoom, 0 shows all, Shift and arrows move.
      </p>
    </div>
  );
}

const panKeys: Record<string, [number, number]> = {
  ArrowLeft: [1, 0],
  ArrowRight: [-1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

/** Returns the page's colours, and updates them when its theme changes. */
function useColours(element: RefObject<Element | null>): Colours | undefined {
  const [colours, setColours] = useState<Colours>();
  useEffect(() => {
    const read = () => setColours(coloursOf(element.current ?? document.body));
    const system = matchMedia("(prefers-color-scheme: dark)");
    const unsubscribe = onSettings(read);
    system.addEventListener("change", read);
    read();
    return () => {
      unsubscribe();
      system.removeEventListener("change", read);
    };
  }, [element]);
  return colours;
}

interface PointerHandlers {
  onPan: (x: number, y: number) => void;
  onPinch: (factor: number, x: number, y: number) => void;
  onTap: (x: number, y: number) => void;
  onHover: (x: number, y: number) => void;
}

/** Minimum movement of a drag. A shorter movement is a tap. */
const DRAG_PX = 4;

/** Recognizes gestures: one pointer drags or taps, two pointers pinch. */
function usePointers({ onPan, onPinch, onTap, onHover }: PointerHandlers) {
  const pointers = useRef(new Map<number, { x: number; y: number }>());
  const distance = useRef(0);
  const pointOf = (event: PointerEvent) => ({ x: event.nativeEvent.offsetX, y: event.nativeEvent.offsetY });
  return {
    onPointerDown(event: PointerEvent<HTMLCanvasElement>) {
      event.currentTarget.setPointerCapture(event.pointerId);
      if (pointers.current.size === 0) distance.current = 0;
      pointers.current.set(event.pointerId, pointOf(event));
    },
    onPointerMove(event: PointerEvent<HTMLCanvasElement>) {
      const to = pointOf(event);
      const from = pointers.current.get(event.pointerId);
      if (!from) return onHover(to.x, to.y);
      const [other] = [...pointers.current].filter(([id]) => id !== event.pointerId).map(([, at]) => at);
      if (other) {
        const length = (at: { x: number; y: number }) => Math.hypot(at.x - other.x, at.y - other.y);
        onPinch(length(to) / Math.max(1, length(from)), (to.x + other.x) / 2, (to.y + other.y) / 2);
      } else {
        distance.current += Math.abs(to.x - from.x) + Math.abs(to.y - from.y);
        if (distance.current > DRAG_PX) onPan(to.x - from.x, to.y - from.y);
      }
      pointers.current.set(event.pointerId, to);
    },
    onPointerUp(event: PointerEvent<HTMLCanvasElement>) {
      const wasDown = pointers.current.delete(event.pointerId);
      const { x, y } = pointOf(event);
      if (wasDown && distance.current <= DRAG_PX && pointers.current.size === 0) onTap(x, y);
    },
    onPointerCancel: (event: PointerEvent<HTMLCanvasElement>) => void pointers.current.delete(event.pointerId),
    onPointerLeave: () => onHover(Number.NaN, Number.NaN),
  };
}
