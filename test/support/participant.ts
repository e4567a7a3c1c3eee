import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Addressable } from "ethers";
import type { Address, EIP1193Provider } from "viem";
import { createServer } from "../../indexer/api/createServer.ts";
import { sourceOf } from "../../indexer/journal.ts";
import { Indexer } from "../../indexer/live/indexer.ts";
import { writeDeployment } from "#node/deploymentFile.ts";
import { connectTo, startLocalChain } from "../../scripts/demo/startLocalChain.ts";
import { deployPeriphery, sitesOf } from "../../scripts/deploy/deployPeriphery.ts";
import type { Deployment } from "#protocol/deployment.ts";
import { PERMIT2 } from "#protocol/typedData.ts";
import { deployTributary } from "../../scripts/deploy/deployTributary.ts";
import { type Command, run } from "../../scripts/participant/command.ts";
import type { SharedOptions } from "../../scripts/participant/commandLine.ts";
import { Session } from "../../scripts/participant/session.ts";
import type { MinedTransaction } from "../../scripts/participant/minedTransaction.ts";
import type { CallStep } from "#client/plan/plan.ts";
import type { ProposedCall } from "#client/plan/proposal.ts";
import { Kind, registerAsset } from "./economy/assets.ts";
import { withEmptyDatabase } from "./indexer/emptyStore.ts";

const addressOf = async (contract: Addressable) => (await contract.getAddress()) as Address;

/**
 * Starts a node in a process of its own, with a deployment and three assets of three owners. The agent (release 3) passes
 * 40 % to the model (release 2), which passes 30 % to the corpus (release 1). The ledger accepts a dollar with ERC-20 only,
 * a dollar with permits and authorizations, and wrapped native money. A double of Permit2 is at Permit2's address. The payer
 * has 1,000 of each dollar.
 */
export async function startParticipant(
  chainId: number,
  { governed = false, hasIdentities = false }: StartParticipantOptions = {},
) {
  const node = await startLocalChain(0, chainId);
  const connection = await connectTo(node.url);
  const { ethers } = connection;
  const [admin, commons, alice, bob, carol, payer, stranger] = await ethers.getSigners();
  if (!admin || !commons || !alice || !bob || !carol || !payer || !stranger) throw new Error("Too few accounts.");

  const dollar = await ethers.deployContract("TestCurrency", ["Dollar", "tUSD", 6]);
  const signed = await ethers.deployContract("SignedCurrency");
  const wrapped = await ethers.deployContract("TestWrappedNative");
  const timelock = governed ? await ethers.deployContract("AdminTimelock", [172_800, alice, bob]) : undefined;
  const identities = hasIdentities ? await ethers.deployContract("IdentityRegistry") : undefined;
  const tributary = await deployTributary(ethers, {
    admin: timelock ?? admin,
    commonsBeneficiary: timelock ?? commons,
    currencies: [dollar, signed, wrapped],
    wrappedNative: wrapped,
    ...(identities && { identityRegistry: identities }),
  });
  const periphery = await deployPeriphery(ethers, tributary.ledger);
  const permit2 = await ethers.deployContract("TestPermit2");
  await ethers.provider.send("hardhat_setCode", [PERMIT2, await ethers.provider.getCode(permit2)]);
  for (const currency of [dollar, signed]) await currency.mint(payer, 1_000_000_000n);

  await registerAsset(tributary, alice);
  await registerAsset(tributary, bob, { kind: Kind.Model, contributions: [{ release: 1, weight: 300_000 }] });
  await registerAsset(tributary, carol, { kind: Kind.Agent, contributions: [{ release: 2, weight: 400_000 }] });

  const deployment = {
    chainId,
    registry: await addressOf(tributary.registry),
    ledger: await addressOf(tributary.ledger),
    startBlock: tributary.startBlock,
    periphery: await sitesOf({ ...periphery, ...(timelock && { timelock }) }),
  };
  const folder = await mkdtemp(join(tmpdir(), "tributary-participant-"));
  const deploymentFile = join(folder, "deployment.json");
  await writeDeployment(deploymentFile, deployment);

  /** Runs a command with `--json` as one of the accounts, and parses the object that it prints. */
  const act = async <T>(command: Command<T>, options: T, how: How = {}) => {
    const { as = payer, answer, lines, signal = new AbortController().signal, elsewhere, ...rest } = how;
    let stdout = "";
    let words = "";
    const shared = {
      deployment: undefined,
      yes: true,
      json: true,
      dryRun: false,
      propose: undefined,
      plain: false,
      confirmations: 1,
      tip: undefined,
      maxFee: undefined,
    };
    const all = { api: undefined, ...options, ...shared, as: as.address, ...rest };
    const terminal = {
      isInteractive: answer !== undefined,
      isSeen: answer !== undefined,
      stdout: (text: string) => (stdout += text),
      stderr: (text: string) => (words += text),
      ask: async (question: string) => {
        words += question;
        return answer === true;
      },
      ...(lines && {
        answer: async (question: string) => {
          words += question;
          return lines();
        },
      }),
    };
    const open = async () =>
      new Session({
        // Hardhat's provider follows EIP-1193, but its types differ from viem's.
        provider: connection.provider as unknown as EIP1193Provider,
        deployment: elsewhere ?? deployment,
        options: all,
        terminal,
        signal,
      });
    const thrown: unknown = await run({ name: "tried", command, options: all, terminal, open }).then(
      () => undefined,
      (error: unknown) => error,
    );
    return { ...(JSON.parse(stdout) as Answer), words, thrown };
  };

  /** Starts an indexer that follows this deployment, with its API over HTTP. */
  const startApi = async (of: Deployment = deployment) => {
    const source = sourceOf(of);
    const target = { folder: await withEmptyDatabase(join(folder, `journal-${of.ledger}`)) };
    const indexer = await Indexer.start({ rpcUrl: node.url, target, source, pollingIntervalMs: 20 });
    const server = await createServer(indexer);
    const api = await server.listen({ host: "127.0.0.1", port: 0 });
    return {
      api,
      /** Waits until the indexer has reached the chain's newest block. */
      caughtUp: async () => indexer.waitForBlock(BigInt(await ethers.provider.getBlockNumber())),
      stop: async () => {
        await server.close();
        await indexer.stop();
      },
    };
  };

  /** Reads the money that a release has received in a currency, in base units. */
  const received = async (release: number, currency: Addressable) =>
    (await tributary.ledger.flowOf(release, currency)).received;

  return {
    startApi,
    received,
    ...tributary,
    ...periphery,
    ethers,
    url: node.url,
    folder,
    deployment,
    deploymentFile,
    accounts: { admin, commons, alice, bob, carol, payer, stranger },
    dollar,
    signed,
    wrapped,
    identities,
    act,
    stop: async () => {
      await connection.close();
      await node.close();
      await rm(folder, { recursive: true });
    },
  };
}

interface StartParticipantOptions {
  /** Deploys a timelock with a delay of two days as the admin and beneficiary: alice proposes, bob cancels. Default: false. */
  governed?: boolean;
  /** Deploys an ERC-8004 identity registry that the deployment uses. Default: false. */
  hasIdentities?: boolean;
}

interface How extends Partial<Omit<SharedOptions, "as">> {
  as?: { address: string };
  /** Answer of the person at the terminal; undefined if there is no terminal. */
  answer?: boolean;
  /** Returns the next line that the person types. */
  lines?: () => Promise<string | undefined>;
  signal?: AbortSignal;
  /** Another deployment on the same chain. */
  elsewhere?: Deployment;
}

/** The JSON object that a command prints for programs. */
export interface Answer {
  command: string;
  chainId?: number;
  account?: string;
  transactions: (Omit<MinedTransaction, "logs" | "blockNumber" | "gasUsed" | "costWei"> & {
    blockNumber: string;
    gasUsed: string;
    costWei: string;
  })[];
  result?: Record<string, unknown>;
  proposed?: { file: string; transactions: ProposedCall[] };
  planned?: (CallStep & { gas: string; costWei: string })[];
  error?: { name?: string; message: string };
  names?: Record<"releases" | "assets", Record<string, object>>;
}

export type ParticipantNode = Awaited<ReturnType<typeof startParticipant>>;
