import { z } from "zod";
import { UserError } from "./userError.ts";
import { KINDS } from "./kinds.ts";

const text = (longest: number) =>
  z.string().trim().min(1, "must not be empty").max(longest, `is longer than ${longest} characters`);
const name = text(200);

const LineageAsset = z.strictObject({
  name,
  kind: z.enum(KINDS),
  organization: text(1_000),
  date: z
    .string()
    .regex(/^\d{4}(-\d{2}(-\d{2})?)?$/, "must be YYYY, YYYY-MM or YYYY-MM-DD, or null")
    .nullable()
    .default(null),
  dependsOn: z.array(name).default([]),
});

const Lineage = z
  .object({ source: z.string().optional(), note: z.string().optional(), assets: z.array(LineageAsset).min(1) })
  .superRefine(({ assets }, context) => {
    const seen = new Set<string>();
    for (const [i, asset] of assets.entries()) {
      if (seen.has(asset.name)) {
        context.addIssue({ code: "custom", path: ["assets", i, "name"], message: `duplicate name "${asset.name}"` });
      }
      seen.add(asset.name);
      const named = new Set<string>();
      for (const [j, dependency] of asset.dependsOn.entries()) {
        if (named.has(dependency)) {
          context.addIssue({
            code: "custom",
            path: ["assets", i, "dependsOn", j],
            message: `"${asset.name}" names "${dependency}" twice`,
          });
        }
        named.add(dependency);
      }
    }
  });

/** The content of a lineage file: assets and their dependencies. docs/lineage-files.md describes it. */
export type Lineage = z.infer<typeof Lineage>;
export type LineageAsset = z.infer<typeof LineageAsset>;

/**
 * Checks the content of a lineage file.
 *
 * @throws {UserError} if the content is malformed. The message names each fault and its place.
 */
export function parseLineage(content: unknown, file = "This"): Lineage {
  const parsed = Lineage.safeParse(content);
  if (!parsed.success) {
    throw new UserError(
      `${file} is not a lineage file (format: docs/lineage-files.md):\n${z.prettifyError(parsed.error)}`,
    );
  }
  return parsed.data;
}
