// Runs a local chain in its own process. Sends its URL to its parent, and its processor time on request. Ends with its
// parent.
import { startLocalChain } from "../../../scripts/demo/startLocalChain.ts";

const chain = await startLocalChain();
process.once("disconnect", () => process.exit());
process.on("message", () => {
  const { user, system } = process.cpuUsage();
  process.send?.((user + system) / 1_000);
});
process.send?.(chain.url);
