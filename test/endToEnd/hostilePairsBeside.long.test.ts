import { describePairs } from "../support/hostile/pairs.ts";

describePairs(true);
