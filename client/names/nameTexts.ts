import type { DeclaredNames } from "#protocol/texts/declaredNames.ts";
import { plainText } from "#protocol/texts/plainText.ts";
import { truncate } from "#protocol/texts/truncate.ts";
import { isIdLike } from "./idLike.ts";

/** Most code points of a name beside an id. */
const MOST_NAME = 60;
const MOST_ORGANIZATION = 40;
/** A text that cannot be taken for a part of the sentence around it. */
const BARE = /^[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}_/+'’&-]| (?! )|\.(?=[\p{L}\p{N}]))*$/u;
/** Words by which a name could imitate an id. */
const IMITATES_ID = /(?:releases?|assets?)[\p{P}\p{Z}\p{S}]*\p{N}|0x[0-9a-f]{2}/iu;
const QUOTES = /["“”„‟«»″＂]/gu;
/** Scripts that are written from right to left. */
const RIGHT_TO_LEFT = /[\p{sc=Hebrew}\p{sc=Arabic}\p{sc=Syriac}\p{sc=Thaana}\p{sc=Nko}\p{sc=Adlam}]/u;
/** First-strong isolate, and its end: the text between them does not reorder the text around them. */
const [ISOLATE, END_OF_ISOLATE] = ["\u2068", "\u2069"];

/**
 * Returns a stranger's name for a sentence: on one line, cut, and in quotation marks unless it is plain words. The sentence
 * around it keeps its order and its meaning, whatever the name is.
 *
 * @example
 * shownName("Llama 3 8B"); // Llama 3 8B
 * shownName("x) and release 7 (Llama 3"); // "x) and release 7 (Llama 3"
 */
export function shownName(name: string, most = MOST_NAME): string {
  const line = plainText(name);
  const cut = plainText(line, most);
  const isCut = cut !== line;
  const text = isCut ? truncate(cut, most - 1).trimEnd() : cut;
  const isBare = BARE.test(text) && !isIdLike(text) && !IMITATES_ID.test(line);
  const whole = `${text.replace(QUOTES, "'")}${isCut ? "…" : ""}`;
  const quoted = isBare ? whole : `"${whole}"`;
  return RIGHT_TO_LEFT.test(quoted) ? ISOLATE + quoted + END_OF_ISOLATE : quoted;
}

/** Returns the names of an asset, such as "Llama 3 8B · Meta"; undefined if it has no name. */
export function namesText({ name, organization }: DeclaredNames): string | undefined {
  if (name === undefined) return undefined;
  return organization === undefined
    ? shownName(name)
    : `${shownName(name)} · ${shownName(organization, MOST_ORGANIZATION)}`;
}

const withNames = (id: string, names: DeclaredNames | undefined) => {
  const text = names && namesText(names);
  return text === undefined ? id : `${id} (${text})`;
};

/** Ids with the names of their assets, as far as these were read. Without them, texts have the ids alone. */
export class Names {
  readonly #assets = new Map<number, DeclaredNames>();
  readonly #assetOf = new Map<number, number>();
  /** True if they could not be read once, or not in time. Then no more are read. */
  areUnavailable = false;

  /** True if no names were read. */
  get isEmpty(): boolean {
    return this.#assets.size === 0;
  }

  addAsset(asset: number, names: DeclaredNames): void {
    this.#assets.set(asset, names);
    this.addRelease(asset, asset); // an asset has the id of its first release
  }

  addRelease(release: number, asset: number): void {
    this.#assetOf.set(release, asset);
  }

  assetOf(release: number): number | undefined {
    return this.#assetOf.get(release);
  }

  /** Returns the names of an asset; undefined if they were not read. */
  of(asset: number): DeclaredNames | undefined {
    return this.#assets.get(asset);
  }

  /** Returns a text such as "asset 5 (Llama 3 · Meta)". */
  asset(asset: number): string {
    return withNames(`asset ${asset}`, this.of(asset));
  }

  /** Returns a text such as "release 12 (Llama 3 · Meta)". */
  release(release: number): string {
    return withNames(`release ${release}`, this.#ofRelease(release));
  }

  /** Returns a text such as "release 12 (asset 5, Llama 3 · Meta)". */
  releaseOfAsset(release: number, asset: number): string {
    const text = namesText(this.of(asset) ?? { name: undefined, organization: undefined });
    return `release ${release} (asset ${asset}${text === undefined ? "" : `, ${text}`})`;
  }

  /** Returns a text such as "12 (Llama 3 · Meta)", for lists of ids of assets. */
  assetId(asset: number): string {
    return withNames(String(asset), this.of(asset));
  }

  /** Lists everything that was read, for programs. */
  toJSON(): { releases: Record<string, object>; assets: Record<string, object> } {
    const assets = Object.fromEntries([...this.#assets].map(([id, names]) => [id, { ...names }]));
    const releases = [...this.#assetOf].flatMap(([id, asset]) => {
      const names = this.of(asset);
      return names ? [[id, { asset, ...names }] as const] : [];
    });
    return { releases: Object.fromEntries(releases), assets };
  }

  #ofRelease(release: number): DeclaredNames | undefined {
    const asset = this.#assetOf.get(release);
    return asset === undefined ? undefined : this.of(asset);
  }
}

/** Returns a text with its first letter as a capital, to begin a sentence. */
export const sentenceStart = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
