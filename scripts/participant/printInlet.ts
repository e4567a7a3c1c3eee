import type { Address } from "viem";
import type { Session } from "./session.ts";

/** Prints the inlet of a new release, if the deployment has inlets. */
export async function printInlet(session: Session, release: number): Promise<Address | undefined> {
  if (!session.deployment.periphery.inlets) return undefined;
  const inlet = await session.chain.inlets.read.inletOf([release]);
  session.print(
    `Its inlet is ${inlet}. Money sent there can become a fee of the release. Wait until the release is final before you give this address to anyone. \`/health\` of the indexer shows the newest final block.`,
  );
  return inlet;
}
