import { type AddressLike, resolveAddress } from "ethers";
import {
  type Abi,
  type Account,
  type Address,
  type Chain,
  createPublicClient,
  createWalletClient,
  defineChain,
  encodeFunctionData,
  getAddress,
  type Hex,
  http,
  parseEventLogs,
  type PublicClient,
  type TransactionReceipt,
  type Transport,
  type WalletClient,
} from "viem";
import { mnemonicToAccount } from "viem/accounts";
import ContractWallet from "../../artifacts/contracts/doubles/ContractWallet.sol/ContractWallet.json" with { type: "json" };
import SignedCurrency from "../../artifacts/contracts/doubles/SignedCurrency.sol/SignedCurrency.json" with { type: "json" };
import { abis } from "#protocol/abis.ts";
import { startLocalChain } from "../../scripts/demo/startLocalChain.ts";
import { deployPeriphery } from "../../scripts/deploy/deployPeriphery.ts";
import { deployTributary } from "../../scripts/deploy/deployTributary.ts";

/** The accounts of a local node. */
const MNEMONIC = "test test test test test test test test test test test junk";

export interface Call {
  address: Address;
  abi: Abi;
  functionName: string;
  args?: readonly unknown[];
  value?: bigint;
}

/** An account that sends calls and signs messages, and has only addresses and ABIs. */
export interface Wallet {
  address: Address;
  send: (call: Call) => Promise<TransactionReceipt>;
}

type Client = WalletClient<Transport, Chain, Account>;

/** Starts a local chain over HTTP with all contracts deployed, and returns what a wallet needs. */
export async function startWalletChain() {
  const local = await startLocalChain();
  const { ethers } = local;
  const [admin, commons] = await ethers.getSigners();
  if (!admin || !commons) throw new Error("The chain has too few accounts.");
  const currency = await ethers.deployContract("SignedCurrency");
  const wrapped = await ethers.deployContract("TestWrappedNative");
  const permit2 = await ethers.deployContract("TestPermit2");
  const { registry, ledger } = await deployTributary(ethers, {
    admin,
    commonsBeneficiary: commons,
    currencies: [currency, wrapped],
    wrappedNative: wrapped,
  });
  const periphery = await deployPeriphery(ethers, ledger, permit2);
  const addressOf = async (contract: AddressLike) => (await resolveAddress(contract)) as Address;

  const chain = defineChain({
    id: Number((await ethers.provider.getNetwork()).chainId),
    name: "Local",
    nativeCurrency: { name: "Ether", symbol: "ETH", decimals: 18 },
    rpcUrls: { default: { http: [local.url] } },
  });
  const transport = http(local.url);
  const reader: PublicClient = createPublicClient({ chain, transport, pollingInterval: 20 });
  const clientOf = (index: number): Client =>
    createWalletClient({ account: mnemonicToAccount(MNEMONIC, { addressIndex: index }), chain, transport });

  const contracts = {
    registry: { address: await addressOf(registry), abi: abis.AssetRegistry },
    ledger: { address: await addressOf(ledger), abi: abis.FeeLedger },
    inlets: { address: await addressOf(periphery.inlets), abi: abis.Inlets },
    signedPayments: { address: await addressOf(periphery.signedPayments), abi: abis.SignedPayments },
    preview: { address: await addressOf(periphery.preview), abi: abis.ReleasePreview },
    currency: { address: await addressOf(currency), abi: SignedCurrency.abi as Abi },
    permit2: await addressOf(permit2),
  };
  const mined = async (hash: Promise<Hex>) => {
    const receipt = await reader.waitForTransactionReceipt({ hash: await hash });
    if (receipt.status !== "success") throw new Error("The transaction was mined and failed.");
    return receipt;
  };

  return {
    reader,
    chainId: chain.id,
    contracts,
    clientOf,
    stop: local.close,

    /** Returns the wallet of a person with a key. */
    person: (index: number): Wallet => {
      const client = clientOf(index);
      return {
        address: client.account.address,
        send: (call) => mined(client.writeContract(call)),
      };
    },

    /** Returns a contract wallet with some native money, which a person's key controls. */
    organization: async (index: number): Promise<Wallet> => {
      const client = clientOf(index);
      const keyholder = client.account.address;
      const { abi, bytecode } = ContractWallet;
      const created = await mined(
        client.deployContract({ abi: abi as Abi, bytecode: bytecode as Hex, args: [keyholder] }),
      );
      if (!created.contractAddress) throw new Error("The contract wallet was not deployed.");
      const address = getAddress(created.contractAddress);
      await mined(client.sendTransaction({ to: address, value: 1_000_000n }));
      return {
        address,
        send: ({ address: target, value = 0n, ...call }) =>
          mined(
            client.writeContract({
              address,
              abi: abi as Abi,
              functionName: "execute",
              args: [target, value, encodeFunctionData(call)],
            }),
          ),
      };
    },

    /** Calls a view function and returns its result. */
    read: (contract: { address: Address; abi: Abi }, functionName: string, ...args: unknown[]) =>
      reader.readContract({ ...contract, functionName, args }),

    /** Returns the arguments of all events of one name in a transaction. */
    events: ({ logs }: TransactionReceipt, { abi }: { abi: Abi }, eventName: string) =>
      parseEventLogs({ abi, logs, eventName }).map(({ args }) => args as unknown as Record<string, unknown>),
  };
}

export type WalletChain = Awaited<ReturnType<typeof startWalletChain>>;
