import type { JournalBlock } from "../journal.ts";
import { UserError } from "#protocol/userError.ts";
import { abortable } from "#node/abortable.ts";
import { classifyError, EndpointError } from "#node/rpc/endpointError.ts";
import { type Endpoints, headerOf } from "#node/rpc/endpoints.ts";
import type { Header } from "#node/rpc/header.ts";

/** A block that was final is no longer on the chain. What was served as final was wrong, or the endpoints are. */
export class DeepReorg extends UserError {
  override name = "DeepReorg";
  readonly journalled: JournalBlock;

  constructor(journalled: JournalBlock, found: Header | undefined, final: bigint, endpoints: readonly string[]) {
    const { number, hash } = journalled;
    super(
      `Block ${number} was final (all up to ${final} are), but is not on the chain any more.
  in the journal:                ${hash}
  according to ${endpoints.join(", ")}: ${found?.hash ?? `there is no block ${number}`}
Check that the endpoints are of the right chain and in order: another one, named by --rpc, may know better. If the chain
itself has changed so deeply, delete the store and index anew. Until then nothing is indexed.`,
    );
    this.journalled = journalled;
  }
}

/** How often all endpoints must agree, as one reply may be wrong. */
const AGREEMENTS = 3;

/**
 * Looks whether the highest final block of the journal is still on the chain. Where endpoints differ, those that deny it
 * are at fault and rest.
 *
 * @throws {DeepReorg} if every endpoint that answers has denied it several times.
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
    const asked = endpoints.all.map(async (endpoint) => {
      // One that was not identified since it failed may be of any chain.
      if (!endpoint.isIdentified) return [];
      try {
        return [{ endpoint, found: await headerOf(endpoint, journalled.number, signal) }];
      } catch (error) {
        signal.throwIfAborted();
        endpoints.reportFailure(endpoint, classifyError(error));
        return [];
      }
    });
    const answers = (await Promise.all(asked)).flat();
    const denials = answers.filter(({ found }) => found?.hash !== journalled.hash);
    const [denial] = denials;
    if (answers.length > denials.length) {
      const error = new EndpointError("wrong", `it denies block ${journalled.number}, which is final`);
      for (const { endpoint } of denials) endpoints.reportFailure(endpoint, error);
      return;
    }
    if (denial && ++agreed === AGREEMENTS) {
      throw new DeepReorg(
        journalled,
        denial.found,
        final,
        denials.map(({ endpoint }) => endpoint.name),
      );
    }
    await endpoints.waitForChange(signal);
    signal.throwIfAborted();
  }
}
