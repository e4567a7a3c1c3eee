// A local chain in a process of its own. Tells its URL and ends with its parent.
import { startLocalChain } from "../../../scripts/demo/startLocalChain.ts";

const chain = await startLocalChain();
process.once("disconnect", () => process.exit());
process.send?.(chain.url);
