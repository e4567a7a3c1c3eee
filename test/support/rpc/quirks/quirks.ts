import { blockQuirks } from "./blocks.ts";
import { errorQuirks } from "./errors.ts";
import { logQuirks } from "./logs.ts";
import type { QuirkKind } from "./quirk.ts";
import { transportQuirks } from "./transport.ts";

const all = { ...transportQuirks, ...blockQuirks, ...logQuirks, ...errorQuirks };

export type QuirkName = keyof typeof all;

/** The quirks of real providers, by name. */
export const QUIRKS: Readonly<Record<QuirkName, QuirkKind>> = all;

export const QUIRK_NAMES = Object.keys(all) as QuirkName[];
