import { bindIdentity as planBinding } from "#client/acts/owning/bindIdentity.ts";
import { sentenceStart } from "#client/names/nameTexts.ts";
import { parseIdentity } from "#client/parsing/parseIdentity.ts";
import type { Command } from "../../command.ts";
import type { OptionsOf } from "../../commandLine.ts";
import { transact } from "../../transact.ts";

/** Binds an agent to its ERC-8004 identity. */
export const bindIdentity: Command<OptionsOf<"bind-identity">> = async (session, options) => {
  const { asset } = options;
  const identity = parseIdentity(options.identity);
  await transact(session, await planBinding(session.chain, await session.account(), { asset, identity }));
  session.print(`${sentenceStart(session.chain.names.asset(asset))} is bound to identity ${identity}.`);
  return { asset, identity };
};
