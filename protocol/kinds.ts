/** Kinds of assets, in the order of the contracts' enum. */
export const KINDS = ["dataset", "model", "agent"] as const;
export type Kind = (typeof KINDS)[number];

/** Roles of contributors, in the order of the contracts' enum. */
export const ROLES = [
  "data",
  "labelling",
  "curation",
  "evaluation",
  "training",
  "infrastructure",
  "routing",
  "retrieval",
  "feedback",
  "compute",
  "other",
] as const;
export type Role = (typeof ROLES)[number];
