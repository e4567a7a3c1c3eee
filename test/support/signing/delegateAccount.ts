import { type Address, createPublicClient, createWalletClient, http, zeroAddress } from "viem";
import { mnemonicToAccount } from "viem/accounts";

/** The mnemonic of the accounts that a local node funds. */
const MNEMONIC = "test test test test test test test test test test test junk";

/** Lets one of a local node's accounts run the code of a contract (EIP-7702). Without a contract, it ends that. */
export async function delegateAccount(url: string, addressIndex: number, to: Address = zeroAddress): Promise<Address> {
  const account = mnemonicToAccount(MNEMONIC, { addressIndex });
  const client = createWalletClient({ account, transport: http(url) });
  const authorization = await client.signAuthorization({ contractAddress: to, executor: "self" });
  const hash = await client.sendTransaction({ to: account.address, authorizationList: [authorization], chain: null });
  await createPublicClient({ transport: http(url) }).waitForTransactionReceipt({ hash, pollingInterval: 20 });
  return account.address;
}
