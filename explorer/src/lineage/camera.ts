/** Mapping of the drawing to the screen: screen = world · scale + offset. */
export interface Camera {
  x: number;
  y: number;
  scale: number;
}

export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

const MIN_SCALE = 0.02;
const MAX_SCALE = 4;
/** Maximum scale to which `fit` enlarges a small drawing. */
const MAX_FIT_SCALE = 1.25;
/** Minimum scale at which names can be read. */
export const READABLE_SCALE = 0.7;

/** Zooms by a factor about a point of the screen, which stays in place. */
export function zoomAt({ x, y, scale }: Camera, factor: number, atX: number, atY: number): Camera {
  const next = clamp(scale * factor, MIN_SCALE, MAX_SCALE);
  const by = next / scale;
  return { scale: next, x: atX - (atX - x) * by, y: atY - (atY - y) * by };
}

/** Margin for names and rings in pixels. Their size does not change with the scale. */
const MARGIN = { left: 24, right: 170, top: 40, bottom: 24 };

/** Returns the camera that shows all of a box in the middle of a view. */
export function fit({ left, top, right, bottom }: Box, width: number, height: number): Camera {
  const [wide, high] = [width - MARGIN.left - MARGIN.right, height - MARGIN.top - MARGIN.bottom];
  const scale = Math.max(MIN_SCALE, Math.min(MAX_FIT_SCALE, wide / (right - left), high / (bottom - top)));
  return {
    scale,
    x: MARGIN.left + wide / 2 - ((left + right) / 2) * scale,
    y: MARGIN.top + high / 2 - ((top + bottom) / 2) * scale,
  };
}

/** Returns the camera that shows a point as near to the middle of a view as possible without empty space beside the box. */
export function centreOn(x: number, y: number, scale: number, box: Box, width: number, height: number): Camera {
  return {
    scale,
    x: clamp(width / 2 - x * scale, width - MARGIN.right - box.right * scale, MARGIN.left - box.left * scale),
    y: clamp(height / 2 - y * scale, height - MARGIN.bottom - box.bottom * scale, MARGIN.top - box.top * scale),
  };
}

/** Returns the first camera: it shows all of the box, or a point of it if all would be too small to read. */
export function startCamera(
  box: Box,
  point: { x: number; y: number } | undefined,
  width: number,
  height: number,
): Camera {
  const all = fit(box, width, height);
  if (all.scale >= READABLE_SCALE || !point) return all;
  return centreOn(point.x, point.y, READABLE_SCALE, box, width, height);
}

/** Limits a value to a range, or to its middle if the range is empty. */
const clamp = (value: number, least: number, most: number) =>
  least > most ? (least + most) / 2 : Math.min(most, Math.max(least, value));
