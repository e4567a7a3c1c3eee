/** A stand-in for a browser's `Path2D` that records its calls. */
export class RecordedPath {
  readonly calls: [name: string, ...values: number[]][] = [];

  readonly moveTo = (...values: number[]) => void this.calls.push(["moveTo", ...values]);
  readonly lineTo = (...values: number[]) => void this.calls.push(["lineTo", ...values]);
  readonly bezierCurveTo = (...values: number[]) => void this.calls.push(["bezierCurveTo", ...values]);
  readonly rect = (...values: number[]) => void this.calls.push(["rect", ...values]);
  readonly arc = (...values: number[]) => void this.calls.push(["arc", ...values]);
  readonly closePath = () => void this.calls.push(["closePath"]);
}

/** Replaces `Path2D` by recorded paths in the code under test. Returns a function that undoes this. */
export function installRecordedPaths(): () => void {
  const before = Object.getOwnPropertyDescriptor(globalThis, "Path2D");
  Object.defineProperty(globalThis, "Path2D", { value: RecordedPath, configurable: true });
  return () => {
    if (before) Object.defineProperty(globalThis, "Path2D", before);
    else Reflect.deleteProperty(globalThis, "Path2D");
  };
}

/** Returns the calls that were made on a path of the code under test. */
export const callsOf = (path: unknown): RecordedPath["calls"] => {
  if (!(path instanceof RecordedPath)) throw new Error("This is no recorded path.");
  return path.calls;
};
