import type { Address } from "viem";
import type { Session } from "./session.ts";

/** Tells where a new release is paid by plain transfers, where the deployment has inlets. */
export async function tellInlet(session: Session, release: number): Promise<Address | undefined> {
  if (!session.deployment.periphery.inlets) return undefined;
  const inlet = await session.chain.inlets.read.inletOf([release]);
  session.say(`Once that is final, money can be sent to its inlet, ${inlet}.`);
  return inlet;
}
