import { getAddress, HDNodeWallet, isAddress, Mnemonic } from "ethers";
import { z } from "zod";
import { UserError } from "#protocol/userError.ts";
import { MAX_CONTRIBUTORS, TOTAL_SHARES } from "#protocol/limits.ts";
import { type Kind, type Role, ROLES } from "#protocol/kinds.ts";
import type { ImportAsset } from "./planImport.ts";
import { readJson } from "#node/files.ts";

export interface Ownership {
  /** The account that administers the asset. */
  owner: string;
  /** The accounts that get its shares. */
  contributors: { account: string; role: Role; shares: bigint }[];
}

/** Returns the owner of an asset. */
export type OwnerOf = (asset: ImportAsset) => Ownership;

const ROLE_OF_KIND: Record<Kind, Role> = { dataset: "data", model: "training", agent: "infrastructure" };

const soleOwner = (owner: string, { kind }: ImportAsset): Ownership => ({
  owner,
  contributors: [{ account: owner, role: ROLE_OF_KIND[kind], shares: TOTAL_SHARES }],
});

/** The mnemonic of all local development nodes. Everyone knows its keys: never use it for real money. */
const LOCAL_PHRASE = "test test test test test test test test test test test junk";
const FIRST_LOCAL_INDEX = 100;
/** The name that stands for the organization of all placeholders. */
export const PLACEHOLDERS = "(placeholders)";

const localRoot = () => HDNodeWallet.fromMnemonic(Mnemonic.fromPhrase(LOCAL_PHRASE), "m/44'/60'/0'/0");

/** Returns an account of the public mnemonic, with its key. Development nodes sign as the first 20. */
export const localAccount = (index: number): HDNodeWallet => localRoot().deriveChild(index);

/** Owners on a local chain: one account for each organization and one for all placeholders, from the public mnemonic. */
export class LocalOwners {
  readonly #root = localRoot();
  readonly #wallets: Map<string, HDNodeWallet>;

  /** @param chosen Accounts of single organizations. Default: none. */
  constructor(chosen: Iterable<readonly [organization: string, wallet: HDNodeWallet]> = []) {
    this.#wallets = new Map(chosen);
  }

  readonly ownerOf: OwnerOf = (asset) => soleOwner(this.walletOf(asset).address, asset);

  walletOf({ organization = PLACEHOLDERS }: Pick<ImportAsset, "organization">): HDNodeWallet {
    let wallet = this.#wallets.get(organization);
    if (!wallet) {
      wallet = this.#root.deriveChild(FIRST_LOCAL_INDEX + this.#wallets.size);
      this.#wallets.set(organization, wallet);
    }
    return wallet;
  }

  /** The wallets that `walletOf` has returned, by address. */
  get wallets(): Map<string, HDNodeWallet> {
    return new Map([...this.#wallets.values()].map((wallet) => [wallet.address.toLowerCase(), wallet]));
  }
}

const address = z
  .string()
  .refine((text) => isAddress(text), "is not an address")
  .transform((text) => getAddress(text));

const OwnershipEntry = z
  .strictObject({
    owner: address,
    contributors: z
      .array(z.strictObject({ account: address, role: z.enum(ROLES), shares: z.coerce.bigint().positive() }))
      .min(1)
      .max(MAX_CONTRIBUTORS)
      .optional(),
  })
  .refine(
    ({ contributors }) => !contributors || contributors.reduce((sum, { shares }) => sum + shares, 0n) === TOTAL_SHARES,
    `the contributors' shares must add up to ${TOTAL_SHARES}`,
  );

const OwnersFile = z.strictObject({
  organizations: z.record(z.string(), OwnershipEntry).default({}),
  assets: z.record(z.string(), OwnershipEntry).default({}),
});

/**
 * Parses the content of an owners file, which maps organizations or single assets to accounts. An asset without an entry
 * goes to the custodian, who holds it and its shares for the later owner.
 *
 * @returns A function that throws a UserError for an asset without an entry, if there is no custodian.
 * @throws {UserError} if the content is not an owners file, or the custodian is not an address.
 */
export function mappedOwners(content: unknown, custodian?: string, file = "This"): OwnerOf {
  const parsed = OwnersFile.safeParse(content);
  if (!parsed.success) {
    throw new UserError(
      `${file} is not an owners file (format: docs/lineage-files.md):\n${z.prettifyError(parsed.error)}`,
    );
  }
  if (custodian !== undefined && !isAddress(custodian))
    throw new UserError(`--custodian: ${custodian} is not an address.`);
  const { organizations, assets } = parsed.data;
  return (asset) => {
    const entry = entryOf(assets, asset.name) ?? entryOf(organizations, asset.organization);
    if (entry) {
      const { owner, contributors } = entry;
      return contributors ? { owner, contributors } : soleOwner(owner, asset);
    }
    if (custodian === undefined) {
      const whose = asset.organization ? ` of "${asset.organization}"` : ", which has no entry of its own,";
      throw new UserError(
        `"${asset.name}"${whose} has no owner. Add it to the owners file, or name a custodian with --custodian.`,
      );
    }
    return soleOwner(getAddress(custodian), asset);
  };
}

/** Looks up own properties only, because an asset may have the name "constructor". */
const entryOf = <T>(record: Record<string, T>, name: string | undefined) =>
  name !== undefined && Object.hasOwn(record, name) ? record[name] : undefined;

/** Reads owners from a file. Without a file, everything belongs to the custodian. */
export async function readOwners(file: string | undefined, custodian: string | undefined): Promise<OwnerOf> {
  if (file === undefined) return mappedOwners({}, custodian);
  return mappedOwners(await readJson(file), custodian, file);
}
