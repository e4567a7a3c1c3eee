export const KINDS = ["dataset", "model", "agent"] as const;
export type Kind = (typeof KINDS)[number];

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
