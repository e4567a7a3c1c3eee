/** What of the drawing is seen: screen = world · scale + offset. */
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

const LEAST = 0.02;
const MOST = 4;
const NEAREST_FIT = 1.25;

/** Nearer or farther, with one point of the screen where it is. */
export function zoomAt({ x, y, scale }: Camera, factor: number, atX: number, atY: number): Camera {
  const next = Math.min(MOST, Math.max(LEAST, scale * factor));
  const by = next / scale;
  return { scale: next, x: atX - (atX - x) * by, y: atY - (atY - y) * by };
}

/** Room for names and rings, which are of one size however near one is, in pixels. */
const MARGIN = { left: 24, right: 170, top: 40, bottom: 24 };

/** All of a box in the middle of a view. */
export function fit({ left, top, right, bottom }: Box, width: number, height: number): Camera {
  const [wide, high] = [width - MARGIN.left - MARGIN.right, height - MARGIN.top - MARGIN.bottom];
  const scale = Math.max(LEAST, Math.min(NEAREST_FIT, wide / (right - left), high / (bottom - top)));
  return {
    scale,
    x: MARGIN.left + wide / 2 - ((left + right) / 2) * scale,
    y: MARGIN.top + high / 2 - ((top + bottom) / 2) * scale,
  };
}

/** A point in the middle of a view, or as near to it as leaves no empty room beside the box. */
export function showing(x: number, y: number, scale: number, box: Box, width: number, height: number): Camera {
  return {
    scale,
    x: within(width / 2 - x * scale, width - MARGIN.right - box.right * scale, MARGIN.left - box.left * scale),
    y: within(height / 2 - y * scale, height - MARGIN.bottom - box.bottom * scale, MARGIN.top - box.top * scale),
  };
}

const within = (wanted: number, least: number, most: number) =>
  least > most ? (least + most) / 2 : Math.min(most, Math.max(least, wanted));
