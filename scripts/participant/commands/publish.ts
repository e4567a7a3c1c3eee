import { publish as planPublish } from "#client/acts/building/publish.ts";
import type { Command } from "../command.ts";
import type { OptionsOf } from "../commandLine.ts";
import { publishedRelease } from "../events.ts";
import { readDraft, tellAncestors } from "../readDraft.ts";
import { tellInlet } from "../tellInlet.ts";
import { transact } from "../transact.ts";

/** Publishes a further release of an asset. */
export const publish: Command<OptionsOf<"publish">> = async (session, options) => {
  const { asset } = options;
  const draft = await readDraft(session, options);
  const plan = await planPublish(session.chain, await session.account(), { asset, ...draft });
  tellAncestors(session, plan);
  const [mined] = await transact(session, plan);
  if (!mined) return;
  const release = publishedRelease(mined, session.deployment.registry);
  session.say(`It is release ${release} of asset ${asset}.`);
  return { asset, release, inlet: await tellInlet(session, release) };
};
