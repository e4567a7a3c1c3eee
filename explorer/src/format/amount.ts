/** Digits behind the point that are shown; the rest is in the title. */
const FRACTION = 8;
const GROUP = "\u202f";

const grouped = (digits: string) => digits.replaceAll(/\B(?=(\d{3})+$)/g, GROUP);

export interface Formatted {
  text: string;
  /** Whether the text is all of it. */
  whole: boolean;
}

/**
 * Base units as units of the currency, never rounded: what does not fit is cut off and marked by `…`. All digits stand
 * where they fit, so that figures line up.
 */
export function formatUnits(base: string, decimals: number, most = FRACTION): Formatted {
  const negative = base.startsWith("-");
  const digits = (negative ? base.slice(1) : base).padStart(decimals + 1, "0");
  const whole = `${negative ? "−" : ""}${grouped(digits.slice(0, digits.length - decimals))}`;
  const fraction = decimals === 0 ? "" : digits.slice(-decimals);
  if (fraction.length <= most) return { text: `${whole}${fraction && `.${fraction}`}`, whole: true };
  const needed = fraction.replace(/0+$/, "");
  if (needed.length <= most) return { text: `${whole}${needed && `.${needed}`}`, whole: true };
  // So many that something is to be seen of a small amount.
  const first = needed.search(/[1-9]/);
  const shown = needed.slice(
    0,
    digits.length - decimals === 1 && digits.startsWith("0") ? Math.max(most, first + 4) : most,
  );
  const cut = shown.length < needed.length;
  return { text: `${whole}.${shown}${cut ? "…" : ""}`, whole: !cut };
}

/** Base units with their digits in groups. */
export const formatBase = (base: string): string =>
  base.startsWith("-") ? `−${grouped(base.slice(1))}` : grouped(base);

/** A number such as a count, with its digits in groups. */
export const formatCount = (count: number): string => grouped(String(count));

/** Such as "1 asset" and "2 assets". */
export const counted = (count: number, one: string): string => `${formatCount(count)} ${one}${count === 1 ? "" : "s"}`;

/** Parts per million as a percentage, exactly as far as there are digits. */
export function formatPpm(ppm: number): string {
  const percent = ppm / 10_000;
  if (percent === 0) return "0\u202f%";
  if (percent < 0.0001) return "<\u202f0.0001\u202f%";
  return `${Number(percent.toPrecision(percent >= 100 ? 3 : 4))}\u202f%`;
}

/** The part that one amount is of another, for a bar's length; never for money. */
export function portion(part: string, whole: string): number {
  const all = Number(whole);
  return all === 0 ? 0 : Math.max(0, Math.min(1, Number(part) / all));
}
