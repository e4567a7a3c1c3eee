import { isIdLike } from "#client/names/idLike.ts";
import { splitContributions } from "#client/parsing/contributions.ts";
import { parseRelease } from "#client/parsing/parseRelease.ts";
import { splitList } from "#client/parsing/splitList.ts";
import { plainText } from "#protocol/texts/plainText.ts";
import { UserError } from "#protocol/userError.ts";
import {
  type Argument,
  type CommandName,
  COMMANDS,
  isReading,
  type Option,
  type OptionsOf,
  type SharedOptions,
} from "../commandLine.ts";
import type { Session } from "../session.ts";
import { confirm } from "../terminal.ts";
import { nameIds } from "./nameSource.ts";
import { ByName, type Choice } from "./chooseByName.ts";

type Part = keyof Choice;

/**
 * Replaces the names among a command's values by the ids that they stand for, and reads the names of all ids. Each is read from the chain and shown, and a
 * person must agree before the command goes on, also where it only writes a proposal. Ids stay as they are.
 *
 * @throws {UserError} if a name stands for nothing or for several assets, if it is like an id, or if nobody can answer:
 *   with `--yes` or `--json`, or without a terminal.
 */
export async function resolveNames<Name extends CommandName>(
  session: Session,
  name: Name,
  values: OptionsOf<Name> & SharedOptions,
): Promise<OptionsOf<Name> & SharedOptions> {
  const resolver = new Resolver(session);
  const resolved: Record<string, unknown> = { ...values };
  const { arguments: positional = {}, options = {} }: Declared = COMMANDS[name];
  for (const [key, { kind }] of Object.entries({ ...positional, ...options })) {
    const value = resolved[key];
    if (value === undefined || value === "") continue;
    resolved[key] = await resolver.resolve(kind, value);
  }
  if (resolver.hasNames && !isReading(name) && !values.dryRun) {
    await confirm(session.terminal, "Is that what you mean?", session.signal);
  }
  await nameIds(session, resolver);
  // Each value keeps its type: a name is a text where an id is expected, and is an id now.
  return resolved as OptionsOf<Name> & SharedOptions;
}

interface Declared {
  arguments?: Record<string, Argument>;
  options?: Record<string, Option>;
}

class Resolver {
  /** True if a name was given. */
  hasNames = false;
  /** The ids of releases and assets in the values. */
  readonly releases: number[] = [];
  readonly assets: number[] = [];
  readonly #session: Session;
  readonly #byName: ByName;

  constructor(session: Session) {
    this.#session = session;
    this.#byName = new ByName(session);
  }

  /** Returns the value with ids in place of names. */
  async resolve(kind: (Argument | Option)["kind"], value: unknown): Promise<unknown> {
    switch (kind) {
      case "release":
      case "asset":
        return parseRelease(await this.#id(String(value), kind));
      case "optionalRelease":
        return this.#id(String(value), "release");
      case "optionalAsset":
        return this.#id(String(value), "asset");
      case "releases":
        return this.#ids(value as string[], "release");
      case "assets":
        return this.#ids(value as string[], "asset");
      case "optionalAssets":
        return (await this.#ids(splitList(String(value)), "asset")).join(",");
      case "contributions": {
        const entries: string[] = [];
        for (const { release, weight } of splitContributions(String(value))) {
          entries.push(`${await this.#id(release, "release")}:${weight}`);
        }
        return entries.join(",");
      }
      default:
        return value;
    }
  }

  async #ids(texts: readonly string[], part: Part): Promise<string[]> {
    const ids: string[] = [];
    for (const text of texts) ids.push(await this.#id(text, part));
    return ids;
  }

  /** Returns the id in a text, or the id of what it names. */
  async #id(text: string, part: Part): Promise<string> {
    const id = isIdLike(text) ? parseRelease(text) : await this.#named(text, part);
    this[part === "release" ? "releases" : "assets"].push(id);
    return isIdLike(text) ? text : String(id);
  }

  async #named(text: string, part: Part): Promise<number> {
    requirePerson(this.#session, text);
    this.hasNames = true;
    return (await this.#byName.choose(text))[part];
  }
}

/** @throws {UserError} if nobody can see what a name stands for, and agree to it. */
function requirePerson({ options, terminal }: Session, text: string): void {
  const reason = options.yes
    ? "with --yes"
    : options.json
      ? "with --json"
      : !terminal.isInteractive || !terminal.isSeen
        ? "without a terminal"
        : undefined;
  if (reason === undefined) return;
  const shown = plainText(text);
  throw new UserError(
    `"${shown}" is a name. Anyone can register any name, so a person must see and confirm what it stands for, which nobody can ${reason}. Give the id: npx hardhat find ${JSON.stringify(shown)} shows it. Nothing was signed or sent.`,
  );
}
