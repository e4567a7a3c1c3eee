// A local chain in a process of its own. Tells its URL, and its processor time when asked, and ends with its parent.
import { startLocalChain } from "../../../scripts/demo/startLocalChain.ts";

const chain = await startLocalChain();
process.once("disconnect", () => process.exit());
process.on("message", () => {
  const { user, system } = process.cpuUsage();
  process.send?.((user + system) / 1_000);
});
process.send?.(chain.url);
