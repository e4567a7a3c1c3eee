import { Indexer } from "../live/indexer.ts";
import { progressBar } from "#node/progressBar.ts";
import type { VerifyResult } from "../verify/result.ts";
import type { ChainSettings } from "./settings.ts";

export interface VerifySettings {
  chains: readonly ChainSettings[];
  requestsPerSecond?: number | undefined;
  sample?: number | undefined;
  seed?: string | undefined;
  block?: bigint | undefined;
  json: boolean;
}

/** Compares stores with the contracts, and prints the differences. Returns the exit code: 1 if there is any, else 0. */
export async function runVerify(settings: VerifySettings, stop: AbortSignal): Promise<number> {
  let differing = 0;
  for (const chain of settings.chains) {
    stop.throwIfAborted();
    const result = await verifyChain(chain, settings, stop);
    differing += result.differing;
    print(chain, result, settings.json);
  }
  return differing > 0 ? 1 : 0;
}

async function verifyChain(
  { source, target, rpcUrls }: ChainSettings,
  { requestsPerSecond, sample, seed, block }: VerifySettings,
  signal: AbortSignal,
): Promise<VerifyResult> {
  const indexer = await Indexer.read({ source, target, rpcUrl: rpcUrls, requestsPerSecond });
  const bar = progressBar(`chain ${source.chainId}`);
  try {
    return await indexer.verify({
      signal,
      block,
      sample,
      seed,
      onProgress: bar.update,
    });
  } finally {
    bar.stop();
    await indexer.stop();
  }
}

function print({ source: { chainId } }: ChainSettings, result: VerifyResult, json: boolean): void {
  const { block, compared, logs, differing, withheld, differences, sampled } = result;
  if (json) {
    const at = { number: String(block.number), hash: block.hash };
    console.log(JSON.stringify({ chainId, block: at, compared, logs, differing, withheld, sampled, differences }));
    return;
  }
  for (const { what, indexed, onChain } of differences) {
    console.log(`${what}\n  indexed   ${indexed}\n  on chain  ${onChain}`);
  }
  if (differences.length < differing) console.log(`… and ${differing - differences.length} more.`);
  if (withheld > 0)
    console.log(`The node did not return ${withheld} logs that the journal has. Try another node with --rpc.`);
  const some = sampled ? "a sample of " : "";
  console.log(
    `Chain ${chainId}, block ${block.number} (${block.hash}): compared ${some}${compared} answers of the contracts and ${logs} logs; ${differing} differ.`,
  );
}
