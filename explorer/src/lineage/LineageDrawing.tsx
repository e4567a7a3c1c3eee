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
import { type Camera, fit, showing, zoomAt } from "./camera.ts";
import { type Colours, coloursOf, draw } from "./draw.ts";
import { layOut } from "./layout.ts";
import { type Neighbourhood, next, otherEnd } from "./neighbourhood.ts";
import { makeScene, RADIUS } from "./scene.ts";

interface LineageDrawingProps {
  of: Neighbourhood;
  focus: number;
  selected: number;
  found: ReadonlySet<number>;
  onSelect: (id: number) => void;
  /** The selected release is to be expanded. */
  onExpand: (id: number) => void;
}

const STEP = 1.25;
const PAN_PX = 60;
/** Names of a release can be touched, too. */
const REACH_PX = 14;
const NAME_PX = 150;

/** The neighbourhood as a picture. What it says can be read in the list beside it, too. */
export function LineageDrawing({ of, focus, selected, found, onSelect, onExpand }: LineageDrawingProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [camera, setCamera] = useState<Camera>();
  const [size, setSize] = useState({ width: 0, height: 0 });
  const [hovered, setHovered] = useState<number>();
  const colours = useColours(canvas);
  const layout = useMemo(() => layOut(of), [of]);
  const scene = useMemo(() => makeScene(of, layout), [of, layout]);
  const fitted = useMemo(() => fit(scene.box, size.width, size.height), [scene, size]);
  const start = useMemo(() => {
    const at = layout.placed.get(focus);
    // Where all of it is too small to be read, one begins at the release itself.
    if (fitted.scale >= READABLE || !at) return fitted;
    return showing(at.x, at.y, READABLE, scene.box, size.width, size.height);
  }, [fitted, layout, scene, focus, size]);
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
      setCamera((known) => zoomAt(known ?? start, factor, x, y)),
    [start, size],
  );
  useEffect(() => {
    const element = canvas.current;
    const onWheel = (event: WheelEvent) => {
      // A page is scrolled past a drawing that nobody has touched.
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
      const marked = hovered ?? selected;
      const lit = [...(of.up.get(marked) ?? []), ...(of.down.get(marked) ?? [])];
      draw(context, scene, view, colours, { focus, selected, hovered, found, lit });
    });
    return () => cancelAnimationFrame(frame);
  }, [scene, view, size, of, focus, selected, hovered, found, colours]);

  const at = (x: number, y: number): number | undefined => {
    const [worldX, worldY] = [(x - view.x) / view.scale, (y - view.y) / view.scale];
    const reach = Math.max(RADIUS, REACH_PX / view.scale);
    const named = view.scale >= READABLE ? NAME_PX : reach;
    let nearest: number | undefined;
    let least = reach;
    for (const node of scene.nodes) {
      const [right, down] = [worldX - node.x, Math.abs(worldY - node.y)];
      if (right > named || right < -reach || down >= least) continue;
      least = down;
      nearest = node.id;
    }
    return nearest;
  };

  const show = (id: number) => {
    onSelect(id);
    const place = layout.placed.get(id);
    if (!place) return;
    const [x, y] = [place.x * view.scale + view.x, place.y * view.scale + view.y];
    const inside = x > 20 && x < size.width - 120 && y > 20 && y < size.height - 20;
    if (!inside) setCamera(showing(place.x, place.y, view.scale, scene.box, size.width, size.height));
  };

  const pointers = usePointers({
    onPan: (x, y) => setCamera({ ...view, x: view.x + x, y: view.y + y }),
    onPinch: (factor, x, y) => zoom(factor, x, y),
    onTap(x, y) {
      const id = at(x, y);
      if (id !== undefined) onSelect(id);
    },
    onHover: (x, y) => setHovered(at(x, y)),
  });

  const keys = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const act = event.shiftKey ? panKeys[event.key] : undefined;
    if (act) setCamera({ ...view, x: view.x + act[0] * PAN_PX, y: view.y + act[1] * PAN_PX });
    else if (event.key === "+" || event.key === "=") zoom(STEP);
    else if (event.key === "-") zoom(1 / STEP);
    else if (event.key === "0") setCamera(fitted);
    else if (event.key === "Enter" || event.key === " ") onExpand(selected);
    else {
      const to = stepFrom(event.key);
      if (to === undefined) return;
      if (to !== null) show(to);
    }
    event.preventDefault();
  };

  /** Where a key leads from the selected release; null where there is nothing, undefined for other keys. */
  const stepFrom = (key: string): number | null | undefined => {
    const place = layout.placed.get(selected);
    if (!place) return undefined;
    if (key === "Home") return focus;
    if (key === "ArrowRight" || key === "ArrowLeft") {
      const direction = key === "ArrowRight" ? "up" : "down";
      const [edge] = next(of, selected, direction);
      return edge ? otherEnd(edge, direction) : null;
    }
    if (key !== "ArrowDown" && key !== "ArrowUp") return undefined;
    const column = layout.ranks[place.rank] ?? [];
    return column[column.indexOf(selected) + (key === "ArrowDown" ? 1 : -1)] ?? null;
  };

  return (
    <div className="drawing">
      <canvas
        ref={canvas}
        // Its keys are described below it; the list beside it says the same as it.
        // oxlint-disable-next-line jsx-a11y/no-interactive-element-to-noninteractive-role
        role="application"
        aria-label={`Drawing of ${of.nodes.size} releases and ${of.edges.size} contributions; the list says the same`}
        aria-describedby="drawing-keys"
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        onKeyDown={keys}
        onDoubleClick={() => hovered !== undefined && onExpand(hovered)}
        {...pointers}
      />
      <div className="zoom">
        <button type="button" aria-label="Zoom in" onClick={() => zoom(STEP)}>
          +
        </button>
        <button type="button" aria-label="Zoom out" onClick={() => zoom(1 / STEP)}>
          −
        </button>
        <button type="button" onClick={() => setCamera(fitted)}>
          All
        </button>
      </div>
      <p id="drawing-keys" className="hint">
        Drag to move; scroll to zoom once it is clicked. Keys: arrows follow the contributions, Enter expands, + and −
        zoom, 0 shows all, Shift with arrows moves.
      </p>
    </div>
  );
}

const READABLE = 0.7;
const panKeys: Record<string, [number, number]> = {
  ArrowLeft: [1, 0],
  ArrowRight: [-1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

/** The page's colours, as they change with its theme. */
function useColours(element: RefObject<Element | null>): Colours | undefined {
  const [colours, setColours] = useState<Colours>();
  useEffect(() => {
    const read = () => setColours(coloursOf(element.current ?? document.body));
    const system = matchMedia("(prefers-color-scheme: dark)");
    const forget = onSettings(read);
    system.addEventListener("change", read);
    read();
    return () => {
      forget();
      system.removeEventListener("change", read);
    };
  }, [element]);
  return colours;
}

interface PointerActs {
  onPan: (x: number, y: number) => void;
  onPinch: (factor: number, x: number, y: number) => void;
  onTap: (x: number, y: number) => void;
  onHover: (x: number, y: number) => void;
}

/** Less is a tap. */
const DRAG_PX = 4;

/** One pointer drags or taps, two pinch. */
function usePointers({ onPan, onPinch, onTap, onHover }: PointerActs) {
  const down = useRef(new Map<number, { x: number; y: number }>());
  const moved = useRef(0);
  const place = (event: PointerEvent) => ({ x: event.nativeEvent.offsetX, y: event.nativeEvent.offsetY });
  return {
    onPointerDown(event: PointerEvent<HTMLCanvasElement>) {
      event.currentTarget.setPointerCapture(event.pointerId);
      if (down.current.size === 0) moved.current = 0;
      down.current.set(event.pointerId, place(event));
    },
    onPointerMove(event: PointerEvent<HTMLCanvasElement>) {
      const to = place(event);
      const from = down.current.get(event.pointerId);
      if (!from) return onHover(to.x, to.y);
      const [other] = [...down.current].filter(([id]) => id !== event.pointerId).map(([, at]) => at);
      if (other) {
        const length = (at: { x: number; y: number }) => Math.hypot(at.x - other.x, at.y - other.y);
        onPinch(length(to) / Math.max(1, length(from)), (to.x + other.x) / 2, (to.y + other.y) / 2);
      } else {
        moved.current += Math.abs(to.x - from.x) + Math.abs(to.y - from.y);
        if (moved.current > DRAG_PX) onPan(to.x - from.x, to.y - from.y);
      }
      down.current.set(event.pointerId, to);
    },
    onPointerUp(event: PointerEvent<HTMLCanvasElement>) {
      const was = down.current.delete(event.pointerId);
      const { x, y } = place(event);
      if (was && moved.current <= DRAG_PX && down.current.size === 0) onTap(x, y);
    },
    onPointerCancel: (event: PointerEvent<HTMLCanvasElement>) => void down.current.delete(event.pointerId),
    onPointerLeave: () => onHover(Number.NaN, Number.NaN),
  };
}
