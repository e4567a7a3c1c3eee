import { DATASET, MODEL } from "./fixture.ts";
import { type Contribution, WHOLE } from "../economy/assets.ts";

interface BadContributions {
  title: string;
  contributions: Contribution[];
  error: string;
  args: unknown[];
}

/** Contributions that no release may have, in the lineage of the fixture, whose newest release is 3. */
export const badContributions: BadContributions[] = [
  {
    title: "release 0",
    contributions: [{ release: 0, weight: 1 }],
    error: "ContributionsNotAscending",
    args: [0n],
  },
  {
    title: "itself",
    contributions: [{ release: 4, weight: 1 }],
    error: "UnknownRelease",
    args: [4n],
  },
  {
    title: "a release that does not exist yet",
    contributions: [
      { release: DATASET, weight: 1 },
      { release: 5, weight: 1 },
    ],
    error: "UnknownRelease",
    args: [5n],
  },
  {
    title: "a release twice",
    contributions: [
      { release: DATASET, weight: 1 },
      { release: DATASET, weight: 1 },
    ],
    error: "ContributionsNotAscending",
    args: [DATASET],
  },
  {
    title: "releases in descending order",
    contributions: [
      { release: MODEL, weight: 1 },
      { release: DATASET, weight: 1 },
    ],
    error: "ContributionsNotAscending",
    args: [DATASET],
  },
  {
    title: "a release with weight 0",
    contributions: [
      { release: DATASET, weight: 1 },
      { release: MODEL, weight: 0 },
    ],
    error: "ZeroWeight",
    args: [MODEL],
  },
  {
    title: "a weight above the whole",
    contributions: [{ release: DATASET, weight: 2 ** 24 - 1 }],
    error: "WeightsAboveWhole",
    args: [16_777_215n],
  },
  {
    title: "weights that add up to more than the whole",
    contributions: [
      { release: DATASET, weight: WHOLE },
      { release: MODEL, weight: 1 },
    ],
    error: "WeightsAboveWhole",
    args: [1_000_001n],
  },
  {
    title: "65 contributions",
    contributions: Array.from({ length: 65 }, (_, i) => ({ release: i + 1, weight: 1 })),
    error: "TooMany",
    args: [65n, 64n],
  },
];
