/** Number of digits shown after the point. The title has all of them. */
const MOST_FRACTION_DIGITS = 8;
const GROUP = "\u202f";

const groupDigits = (digits: string) => digits.replaceAll(/\B(?=(\d{3})+$)/g, GROUP);

export interface FormattedAmount {
  text: string;
  /** True if no digit is cut off. */
  whole: boolean;
}

/**
 * Formats base units as units of the currency. It never rounds: digits that do not fit are cut off and replaced by `…`.
 * Zeros at the end stay if they fit, so that figures line up.
 */
export function formatUnits(base: string, decimals: number, most = MOST_FRACTION_DIGITS): FormattedAmount {
  const negative = base.startsWith("-");
  const digits = (negative ? base.slice(1) : base).padStart(decimals + 1, "0");
  const whole = `${negative ? "−" : ""}${groupDigits(digits.slice(0, digits.length - decimals))}`;
  const fraction = decimals === 0 ? "" : digits.slice(-decimals);
  if (fraction.length <= most) return { text: `${whole}${fraction && `.${fraction}`}`, whole: true };
  const significant = fraction.replace(/0+$/, "");
  if (significant.length <= most) return { text: `${whole}${significant && `.${significant}`}`, whole: true };
  // A small amount shows four digits, from the first that is not 0.
  const first = significant.search(/[1-9]/);
  const start = significant.slice(
    0,
    digits.length - decimals === 1 && digits.startsWith("0") ? Math.max(most, first + 4) : most,
  );
  const cut = start.length < significant.length;
  return { text: `${whole}.${start}${cut ? "…" : ""}`, whole: !cut };
}

/** Formats base units with their digits in groups. */
export const formatBase = (base: string): string =>
  base.startsWith("-") ? `−${groupDigits(base.slice(1))}` : groupDigits(base);

/** Formats a count with its digits in groups. */
export const formatCount = (count: number): string => groupDigits(String(count));

/** Formats a count with its noun: "1 asset", "2 assets". Default plural: the noun with an "s". */
export const pluralize = (count: number, noun: string, plural = `${noun}s`): string =>
  `${formatCount(count)} ${count === 1 ? noun : plural}`;

/** Formats parts per million as a percentage of at most four digits. */
export function formatPpm(ppm: number): string {
  const percent = ppm / 10_000;
  if (percent === 0) return "0\u202f%";
  if (percent < 0.0001) return "<\u202f0.0001\u202f%";
  return `${Number(percent.toPrecision(percent >= 100 ? 3 : 4))}\u202f%`;
}

/** Returns the ratio of two amounts, from 0 to 1, for the length of a bar. It is approximate: never use it for money. */
export function portion(part: string, whole: string): number {
  const total = Number(whole);
  return total === 0 ? 0 : Math.max(0, Math.min(1, Number(part) / total));
}
