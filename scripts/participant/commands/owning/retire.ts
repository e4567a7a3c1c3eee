import { setRetired } from "#client/acts/owning/setRetired.ts";
import type { Command } from "../../command.ts";
import type { OptionsOf } from "../../commandLine.ts";
import { transact } from "../../transact.ts";

/** Retires a release: no new release may be built on it. */
export const retire: Command<OptionsOf<"retire">> = async (session, { release }) => {
  await transact(session, await setRetired(session.chain, await session.account(), { release, retired: true }));
  return { release, retired: true };
};

/** Restores a retired release: new releases may be built on it again. */
export const restore: Command<OptionsOf<"restore">> = async (session, { release }) => {
  await transact(session, await setRetired(session.chain, await session.account(), { release, retired: false }));
  return { release, retired: false };
};
