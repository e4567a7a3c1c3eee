import { type Address, BaseError, decodeFunctionResult, encodeFunctionData } from "viem";
import type { Endpoint } from "#node/rpc/endpoint.ts";
import { classifyError, EndpointError } from "#node/rpc/endpointError.ts";
import { type Endpoints, NodesAway } from "#node/rpc/endpoints.ts";
import { registryAbi } from "#protocol/abis.ts";
import { UserError } from "#protocol/userError.ts";
import { pause } from "#node/abortable.ts";
import type { JournalSource } from "../journal.ts";

/** Number of answers that must agree that the contracts are not there. A node behind a balancer may be far behind. */
const AGREEMENTS = 3;
/** Number of failed reads after which the reason is told. */
const FAILURES_TOLD = 5;
/** Time for which an endpoint that can be asked is waited for. */
const PATIENCE_MS = 10_000;

/** The content of the registry's address: its ledger, nothing, or a contract that is not a registry. */
type Found = { ledger: Address } | "nothing" | "other";

/**
 * Checks that the chain has this pair of contracts. A read that fails is tried again, also at other endpoints. That a contract
 * is not there is believed only after several answers, of endpoints that have the deployment's block, and of all of them.
 *
 * @throws {NodesAway} if no endpoint carries out the read, they have not reached the deployment's block, or some do not
 *   have the pair while others do not answer.
 * @throws {UserError} if the chain does not have the pair.
 */
export async function requireDeployment(
  endpoints: Endpoints,
  source: JournalSource,
  ended: AbortSignal,
): Promise<void> {
  const { registry, ledger, startBlock } = source;
  const signal = AbortSignal.any([ended, AbortSignal.timeout(PATIENCE_MS)]);
  let agreed = 0;
  let failures = 0;
  let lastError: EndpointError | undefined;
  let asked: Endpoint[] = [];
  const denying = new Set<Endpoint>();
  while (failures < FAILURES_TOLD) {
    const endpoint = await endpoints.choose(0n, signal, asked).catch(() => undefined); // the signal aborted
    if (!endpoint) break;
    asked = [endpoint, ...asked].slice(0, endpoints.all.length - 1);
    try {
      const found = await readLedger(endpoint, registry, signal);
      endpoint.recordSuccess("read");
      if (typeof found === "object" && found.ledger.toLowerCase() === ledger.toLowerCase()) return;
      denying.add(endpoint);
      if (++agreed >= AGREEMENTS) {
        const head = endpoint.head?.number ?? 0n;
        if (found === "nothing" && head < startBlock) throw new NodesAway(nodeBelow(source, head));
        const silent = endpoints.all.filter((each) => !denying.has(each));
        if (silent.length > 0) throw new NodesAway(deniedBySome(source, denying, silent));
        throw new UserError(otherDeployment(source));
      }
      await pause(Math.min(endpoints.pollingIntervalMs, 250), signal);
    } catch (error) {
      if (error instanceof UserError) throw error;
      if (signal.aborted) break;
      failures++;
      lastError = classifyError(error);
      endpoints.reportFailure(endpoint, lastError);
    }
  }
  ended.throwIfAborted();
  const reason = lastError?.message ?? "no endpoint can be used";
  throw new NodesAway(`The node could not return the ledger of the registry ${registry} (${reason}). Try again.`);
}

/**
 * Reads the ledger of a registry.
 *
 * @throws {EndpointError} if the endpoint does not carry out the read.
 */
async function readLedger(endpoint: Endpoint, registry: Address, signal: AbortSignal): Promise<Found> {
  const call = { abi: registryAbi, functionName: "ledger" } as const;
  const params = [{ to: registry, data: encodeFunctionData(call) }, "latest"];
  let data: unknown;
  try {
    data = await endpoint.request("eth_call", params, signal);
  } catch (error) {
    if (error instanceof EndpointError && error.isRevert) return "other";
    throw error;
  }
  if (data === "0x") return "nothing";
  if (typeof data !== "string" || !data.startsWith("0x"))
    throw new EndpointError("wrong", "its answer to a call is no data");
  try {
    return { ledger: decodeFunctionResult({ ...call, data: data as `0x${string}` }) };
  } catch (error) {
    if (error instanceof BaseError) return "other";
    throw error;
  }
}

const nodeBelow = ({ registry, startBlock }: JournalSource, head: bigint) =>
  `The newest block of the node is ${head}, but the registry ${registry} was deployed in block ${startBlock}. Wait until the node has that block. If a development chain was restarted, run deploy with --reset.`;

const deniedBySome = ({ registry, ledger }: JournalSource, denying: Iterable<Endpoint>, silent: Iterable<Endpoint>) =>
  `According to ${namesOf(denying)}, the registry ${registry} does not have the ledger ${ledger}. ${namesOf(silent)} did not answer. Check the first, or name another endpoint with --rpc.`;

const namesOf = (endpoints: Iterable<Endpoint>) => Array.from(endpoints, ({ name }) => name).join(", ");

const otherDeployment = ({ registry, ledger }: JournalSource) =>
  `On this chain, the registry ${registry} does not have the ledger ${ledger}. If a development chain was restarted, run deploy with --reset. Otherwise check the deployment file and the node's URL.`;
