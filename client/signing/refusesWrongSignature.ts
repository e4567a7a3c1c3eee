import { numberToHex, type PublicClient, size, sliceHex } from "viem";
import { hasFunction } from "./hasFunction.ts";
import { tryCall, type TryCallParameters } from "./tryCall.ts";

/** A signature that is nobody's, in the parts that currencies take. */
export const WRONG_SIGNATURE = {
  v: 27,
  r: numberToHex(1, { size: 32 }),
  s: numberToHex(1, { size: 32 }),
} as const;

/**
 * Returns true if a contract checks the signature in a call. The call contains {@link WRONG_SIGNATURE}: a function that
 * checks it refuses it with a reason. A contract without the function refuses without a reason, or takes any call.
 */
export async function refusesWrongSignature(client: PublicClient, call: TryCallParameters): Promise<boolean> {
  const { accepted, data: reason } = await tryCall(client, call);
  if (accepted) return false;
  if (size(reason) > 0) return true;
  // Some compilers give no reason. Then the function's selector stands in the code, unless that is a proxy's.
  const code = await client.getCode({ address: call.to });
  return code !== undefined && hasFunction(code, sliceHex(call.data, 0, 4));
}
