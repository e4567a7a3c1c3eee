import type { JournalBlock } from "../journal.ts";
import { UserError } from "#protocol/userError.ts";
import { abortable } from "#node/abortable.ts";
import type { Endpoint } from "#node/rpc/endpoint.ts";
import { classifyError, EndpointError } from "#node/rpc/endpointError.ts";
import { type Endpoints, headerOf } from "#node/rpc/endpoints.ts";
import type { Header } from "#node/rpc/header.ts";

/**
 * A block that was final is no longer on the chain. Either answers that were marked final are wrong, or the endpoints
 * are.
 */
export class DeepReorg extends UserError {
  override name = "DeepReorg";
  readonly journalled: JournalBlock;

  constructor(journalled: JournalBlock, onChain: Header | undefined, final: bigint, endpoints: readonly string[]) {
    const { number, hash } = journalled;
    super(
      `Block ${number} was final (final are all blocks up to ${final}), but it is no longer on the chain.
  in the journal:                ${hash}
  according to ${endpoints.join(", ")}: ${onChain?.hash ?? `there is no block ${number}`}
Nothing is indexed until an endpoint has it again. Check that the endpoints are healthy and on the right chain, or add another endpoint with --rpc. If the chain itself had
such a deep reorg, delete the store and index again.`,
    );
    this.journalled = journalled;
  }
}

/** The number of times in a row that all endpoints must agree, since one reply may be wrong. */
const AGREEMENTS = 3;

/**
 * Checks that the highest final block of the journal is still on the chain. If endpoints disagree, those without the
 * block are at fault and are paused.
 *
 * @throws {DeepReorg} if no endpoint that answers has the block, several times in a row.
 */
export async function confirmFinal(
  endpoints: Endpoints,
  lastBlock: (atOrBelow?: bigint) => Promise<JournalBlock | undefined>,
  final: bigint,
  signal: AbortSignal,
): Promise<void> {
  const journalled = await abortable(lastBlock(final), signal);
  if (!journalled) return;
  for (let agreed = 0; ;) {
    const requests = endpoints.all.map(async (endpoint) => {
      // An endpoint that was not identified again since it failed may be on any chain.
      if (!endpoint.isIdentified) return [];
      try {
        return [{ endpoint, header: await headerOf(endpoint, journalled.number, signal) }];
      } catch (error) {
        signal.throwIfAborted();
        endpoints.reportFailure(endpoint, classifyError(error));
        return [];
      }
    });
    const answers = (await Promise.all(requests)).flat();
    const denials = answers.filter(({ header }) => header?.hash !== journalled.hash);
    const [denial] = denials;
    if (answers.length > denials.length) {
      const error = new EndpointError("wrong", `it does not have block ${journalled.number}, which is final`);
      for (const { endpoint } of denials) endpoints.reportFailure(endpoint, error);
      return;
    }
    if (denial && ++agreed === AGREEMENTS) {
      if (await isUnconfirmed(journalled, denial.endpoint, lastBlock, signal)) return;
      throw new DeepReorg(
        journalled,
        denial.header,
        final,
        denials.map(({ endpoint }) => endpoint.name),
      );
    }
    await endpoints.waitForChange(signal);
    signal.throwIfAborted();
  }
}

/**
 * Returns true if no journalled block follows a block, and the one before it is on the chain. No other reply has
 * confirmed the block then, so the one that named it was wrong: a later block would name it as an ancestor.
 */
async function isUnconfirmed(
  { number, hash }: JournalBlock,
  endpoint: Endpoint,
  lastBlock: (atOrBelow?: bigint) => Promise<JournalBlock | undefined>,
  signal: AbortSignal,
): Promise<boolean> {
  if ((await abortable(lastBlock(), signal))?.hash !== hash) return false;
  const before = await abortable(lastBlock(number - 1n), signal);
  return !before || (await headerOf(endpoint, before.number, signal))?.hash === before.hash;
}
