import { plainText } from "./plainText.ts";

/** The names in an asset's metadata, as its owner declares them, each on one line. */
export interface DeclaredNames {
  name: string | undefined;
  organization: string | undefined;
}

/** Longest name, in code points. */
const LONGEST_NAME = 200;
/** Longest name of an organization, in code points. */
export const LONGEST_ORGANIZATION = 1_000;

/** Reads the names in metadata. Anyone can emit anything: names that are not texts in a JSON object are undefined. */
export function declaredNames(metadata: string): DeclaredNames {
  const fields = asObject(metadata);
  return {
    name: asName(fields.name, LONGEST_NAME),
    organization: asName(fields.organization, LONGEST_ORGANIZATION),
  };
}

function asObject(text: string): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === "object" && parsed !== null ? { ...parsed } : {};
  } catch {
    return {};
  }
}

const asName = (value: unknown, longest: number) =>
  (typeof value === "string" && plainText(value, longest)) || undefined;
