// Pays a fee into a release, and reads its trace from the API. Run it with Node 24:
//   RPC_URL=… PRIVATE_KEY=0x… API_URL=http://127.0.0.1:4000 node payAndTrace.ts <release> <amount in base units>
import { createClient } from "@tributary/client";
import { deployments, feeLedgerAbi } from "@tributary/contracts";
import { createWalletClient, erc20Abi, type Hex, http, parseEventLogs, publicActions, zeroHash } from "viem";
import { privateKeyToAccount } from "viem/accounts";

const { RPC_URL, PRIVATE_KEY, API_URL = "http://127.0.0.1:4000" } = process.env;
const [release = 1, amount = 1] = process.argv.slice(2).map(Number);

const account = privateKeyToAccount(PRIVATE_KEY as Hex);
const wallet = createWalletClient({ account, transport: http(RPC_URL) }).extend(publicActions);
const deployment = deployments[await wallet.getChainId()];
if (!deployment)
  throw new Error("Tributary is not deployed on this chain. Use the RPC_URL of a chain with a deployment.");
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
