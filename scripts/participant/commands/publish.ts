import { publish as planPublish } from "#client/acts/building/publish.ts";
import type { Command } from "../command.ts";
import type { OptionsOf } from "../commandLine.ts";
import { publishedRelease } from "../events.ts";
import { readDraft, printAncestors } from "../readDraft.ts";
import { printInlet } from "../printInlet.ts";
import { transact } from "../transact.ts";

/** Publishes a new release of an asset. */
export const publish: Command<OptionsOf<"publish">> = async (session, options) => {
  const { asset } = options;
  const draft = await readDraft(session, options);
  const plan = await planPublish(session.chain, await session.account(), { asset, ...draft });
  await printAncestors(session, plan);
  const [mined] = await transact(session, plan);
  if (!mined) return;
  const release = publishedRelease(mined, session.deployment.registry);
  session.print(`Published release ${release} of ${session.chain.names.asset(asset)}.`);
  return { asset, release, inlet: await printInlet(session, release) };
};
