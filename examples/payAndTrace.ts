// Pays a fee into a release, and reads its trace from the API. Run it with Node 24:
//   RPC_URL=… PRIVATE_KEY=0x… API_URL=… DEPLOYMENT=… node payAndTrace.ts <release> <amount in base units>
// RPC_URL and API_URL default to the first run of this repository (npm start). DEPLOYMENT is the deployment file of a chain that
// is not in the package, such as a local one. It defaults to the file in deployments/ beside this folder.
import { readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { createClient } from "@tributary/client";
import { type Deployment, deployments, feeLedgerAbi } from "@tributary/contracts";
import { createWalletClient, erc20Abi, type Hex, http, keccak256, parseEventLogs, publicActions, toHex } from "viem";
import { privateKeyToAccount } from "viem/accounts";

const { RPC_URL = "http://127.0.0.1:8545", PRIVATE_KEY, API_URL = "http://127.0.0.1:4000", DEPLOYMENT } = process.env;
const [release = "", base = ""] = process.argv.slice(2);

if (!/^\d+$/.test(release) || !/^\d+$/.test(base)) {
  throw new Error("Name a release by its id, and an amount in base units, such as 68 1000000.");
}
if (PRIVATE_KEY === undefined) throw new Error("Set PRIVATE_KEY: the key of the account that pays.");
const amount = BigInt(base);
const account = privateKeyToAccount(PRIVATE_KEY as Hex);
const wallet = createWalletClient({ account, transport: http(RPC_URL) }).extend(publicActions);
const chainId = await wallet.getChainId();
const deployment = deployments[chainId] ?? (await readDeployment(chainId));
const ledger = { address: deployment.ledger, abi: feeLedgerAbi };

const [currency] = await wallet.readContract({ ...ledger, functionName: "currencies" });
if (!currency) throw new Error("The ledger has admitted no currency yet.");
const allowance = { address: currency, abi: erc20Abi, functionName: "approve" } as const;
await mined(await wallet.writeContract({ ...allowance, args: [ledger.address, amount], chain: null }));

// The reference ties the fee to a request, here by the digest of its id. GET /v1/fees?reference=0x… finds the fee again.
const reference = keccak256(toHex(`request of ${new Date().toISOString()}`));
const args = [Number(release), currency, amount, reference] as const;
const hash = await wallet.writeContract({ ...ledger, functionName: "pay", args, chain: null });
const [paid] = parseEventLogs({ ...ledger, logs: (await mined(hash)).logs, eventName: "FeePaid" });
const fee = `${paid?.blockNumber}-${paid?.logIndex}`;
console.log(`Paid fee ${fee} in transaction ${hash}, with the reference ${reference}.`);

for (const { assetName, shareholders } of await readTrace(fee)) {
  console.log(assetName, shareholders.amount, `base units of ${shareholders.currency.symbol}`);
}

/** Waits until a transaction is mined. */
async function mined(transaction: Hex) {
  const receipt = await wallet.waitForTransactionReceipt({ hash: transaction });
  if (receipt.status !== "success") throw new Error(`Transaction ${transaction} was reverted.`);
  return receipt;
}

/** Reads which assets keep a part of a fee, once the indexer has its block. 1 % of each part is for the commons. */
async function readTrace(id: string) {
  const client = createClient(API_URL);
  for (let pauseMs = 100; ; pauseMs *= 2) {
    const { data, error } = await client.GET("/v1/fees/{fee}/trace", { params: { path: { fee: id } } });
    if (data) return data.data.assets;
    if (error.code !== "unknown-fee" || pauseMs > 30_000) throw new Error(error.detail);
    await sleep(pauseMs);
  }
}

/** Reads a deployment file. */
async function readDeployment(id: number): Promise<Deployment> {
  const file = DEPLOYMENT ?? new URL(`../deployments/${id}.json`, import.meta.url);
  try {
    return JSON.parse(await readFile(file, "utf8")) as Deployment;
  } catch (cause) {
    throw new Error(`The package has no deployment on chain ${id}. Name its deployment file with DEPLOYMENT.`, {
      cause,
    });
  }
}
