import type { Hex } from "viem";
import type { TypedData } from "#client/signing/permit.ts";
import { signTypedData as sign } from "#client/signing/signTypedData.ts";
import type { Session } from "./session.ts";

/** Signs typed data (EIP-712) with the session's account. */
export const signTypedData = async (session: Session, data: TypedData): Promise<Hex> =>
  sign(session.provider, await session.account(), data);
