import { EIP_712_ORDER_TYPE, ItemType, OrderType } from "@opensea/seaport-js/lib/constants.js";
import { LocalConduitController__factory as ConduitController } from "@opensea/seaport-js/lib/typechain-types/factories/seaport/contracts/conduit/ConduitController.sol/LocalConduitController__factory.js";
import { Seaport__factory as Seaport } from "@opensea/seaport-js/lib/typechain-types/factories/seaport/contracts/Seaport__factory.js";
import { type Addressable, type BaseContract, ContractFactory, type Signer, ZeroAddress, ZeroHash } from "ethers";
import { ethers } from "./fixture.ts";

export { ItemType, OrderType };

/** Deploys Seaport, the market protocol that most markets use, from the code that its authors publish on npm. */
export async function deploySeaport() {
  const [deployer] = await ethers.getSigners();
  const conduits = await new ContractFactory(ConduitController.abi, ConduitController.bytecode, deployer).deploy();
  const seaport = await new ContractFactory(Seaport.abi, Seaport.bytecode, deployer).deploy(conduits);
  return { seaport, conduits };
}

interface Item {
  itemType: ItemType;
  token: Addressable;
  id: bigint;
  amount: bigint;
}

interface Listing {
  offered: Item;
  price: Omit<Item, "id">;
  orderType?: OrderType;
  conduitKey?: string;
}

const itemOf = async ({ itemType, token, id, amount }: Item) => ({
  itemType,
  token: itemType === ItemType.NATIVE ? ZeroAddress : await token.getAddress(),
  identifierOrCriteria: id,
  startAmount: amount,
  endAmount: amount,
});

/** Signs a sell order that anyone can fill. Sends nothing to the chain. */
export async function signListing(
  seaport: BaseContract,
  seller: Signer,
  { offered, price, orderType = OrderType.FULL_OPEN, conduitKey = ZeroHash }: Listing,
) {
  const offerer = await seller.getAddress();
  const parameters = {
    offerer,
    zone: ZeroAddress,
    offer: [await itemOf(offered)],
    consideration: [{ ...(await itemOf({ ...price, id: 0n })), recipient: offerer }],
    orderType,
    startTime: 0n,
    endTime: 4_000_000_000n,
    zoneHash: ZeroHash,
    salt: 0n,
    conduitKey,
  };
  const { chainId } = await ethers.provider.getNetwork();
  const domain = { name: "Seaport", version: "1.6", chainId, verifyingContract: await seaport.getAddress() };
  const signature = await seller.signTypedData(domain, EIP_712_ORDER_TYPE, { ...parameters, counter: 0n });
  return { parameters: { ...parameters, totalOriginalConsiderationItems: 1n }, signature };
}
export type SignedListing = Awaited<ReturnType<typeof signListing>>;

/** Buys the whole order. */
export const fill = (seaport: BaseContract, buyer: Signer, listing: SignedListing, value = 0n) =>
  seaport.connect(buyer).getFunction("fulfillOrder")(listing, ZeroHash, { value });

/** Buys a part of the order. */
export const fillPart = async (
  seaport: BaseContract,
  buyer: Signer,
  { parameters, signature }: SignedListing,
  [numerator, denominator]: [bigint, bigint],
) =>
  seaport.connect(buyer).getFunction("fulfillAdvancedOrder")(
    { parameters, numerator, denominator, signature, extraData: "0x" },
    [],
    ZeroHash,
    await buyer.getAddress(),
  );
