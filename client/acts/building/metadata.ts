import type { Kind } from "#protocol/kinds.ts";

export interface AssetDescription {
  name: string;
  kind: Kind;
  organization?: string | undefined;
  description?: string | undefined;
}

/** Returns the metadata of an asset in the form that is recorded: JSON without empty fields. */
export function metadataText({ name, kind, organization, description }: AssetDescription): string {
  const [by, about] = [organization?.trim(), description?.trim()];
  return JSON.stringify({
    name: name.trim(),
    kind,
    ...(by && { organization: by }),
    ...(about && { description: about }),
  });
}
