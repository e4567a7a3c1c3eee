import { classifyFailure } from "#protocol/failures/failure.ts";
import { UserError } from "#protocol/userError.ts";
import type { Send } from "./findByNonce.ts";

/**
 * Init code that uses one instruction of each kind that the contracts need and older chains lack: PUSH0 (Shanghai),
 * TSTORE and MCOPY (Cancun). It creates a contract without code.
 */
const PROBE = "0x5f5f5d5f5f5f5e5f5ff3";

/**
 * Simulates a creation that needs the Cancun upgrade. A node that refuses the call for another reason is trusted.
 *
 * @throws {UserError} if the chain lacks an instruction that the contracts use.
 */
export async function requireCancun(send: Send): Promise<void> {
  try {
    await send("eth_call", [{ data: PROBE }, "latest"]);
  } catch (cause) {
    const { kind, reason } = classifyFailure(cause);
    if (kind !== "refused" && !/op ?code|instruction/i.test(reason)) return;
    throw new UserError(
      `This chain does not have the Cancun upgrade, which the contracts need: they use transient storage (EIP-1153) and MCOPY (EIP-5656). The node says: ${reason}. Nothing was sent. Choose another chain, or a newer version of the node.`,
      { cause },
    );
  }
}
