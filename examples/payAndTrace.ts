// Pays a fee into a release, and reads its trace from the API. Run it with Node 24:
//   RPC_URL=… PRIVATE_KEY=0x… API_URL=… node payAndTrace.ts <release> <amount in base units>
// RPC_URL and API_URL default to the first run of this repository (npm start), whose deployment file is read, too.
import { readFile } from "node:fs/promises";
import { createClient } from "@tributary/client";
import { type Deployment, deployments, feeLedgerAbi } from "@tributary/contracts";
import { createWalletClient, erc20Abi, type Hex, http, parseEventLogs, publicActions, zeroHash } from "viem";
import { privateKeyToAccount } from "viem/accounts";

const { RPC_URL = "http://127.0.0.1:8545", PRIVATE_KEY, API_URL = "http://127.0.0.1:4000" } = process.env;
const [release = 1, amount = 1] = process.argv.slice(2).map(Number);

if (PRIVATE_KEY === undefined) throw new Error("Set PRIVATE_KEY: the key of the account that pays.");
const account = privateKeyToAccount(PRIVATE_KEY as Hex);
const wallet = createWalletClient({ account, transport: http(RPC_URL) }).extend(publicActions);
const chainId = await wallet.getChainId();
const deployment = deployments[chainId] ?? (await localDeployment(chainId));
const ledger = { address: deployment.ledger, abi: feeLedgerAbi };

const [currency] = await wallet.readContract({ ...ledger, functionName: "currencies" });
if (!currency) throw new Error("The ledger has admitted no currency yet.");
const allowance = { address: currency, abi: erc20Abi, functionName: "approve" } as const;
const approved = await wallet.writeContract({ ...allowance, args: [ledger.address, BigInt(amount)], chain: null });
await wallet.waitForTransactionReceipt({ hash: approved });
const args = [release, currency, BigInt(amount), zeroHash] as const;
const hash = await wallet.writeContract({ ...ledger, functionName: "pay", args, chain: null });
const { logs } = await wallet.waitForTransactionReceipt({ hash });
const [paid] = parseEventLogs({ ...ledger, logs, eventName: "FeePaid" });

const fee = `${paid?.blockNumber}-${paid?.logIndex}`;
const trace = () => createClient(API_URL).GET("/v1/fees/{fee}/trace", { params: { path: { fee } } });
let answer = await trace();
while (answer.response.status === 404) answer = await trace(); // retries until the indexer has the block
if (answer.error) throw new Error(answer.error.detail);
for (const { assetName, shareholders } of answer.data.data.assets) console.log(assetName, shareholders.amount);

/** Reads the deployment file of a checkout, for chains whose deployment is not in the package: local ones. */
async function localDeployment(id: number): Promise<Deployment> {
  const file = new URL(`../deployments/${id}.json`, import.meta.url);
  try {
    return JSON.parse(await readFile(file, "utf8")) as Deployment;
  } catch (cause) {
    throw new Error(`Tributary is not deployed on chain ${id}. Use the RPC_URL of a chain with a deployment.`, {
      cause,
    });
  }
}
