import { expect } from "chai";
import {
  type Abi,
  type AbiFunction,
  type AbiParameter,
  getAddress,
  isAddress,
  parseAbiItem,
  toFunctionSelector,
} from "viem";
import { abis } from "#protocol/abis.ts";
import { grantTypes, permit2FeeTypes } from "#protocol/typedData.ts";
import { type Descriptor, descriptorsOf } from "./descriptors.ts";
import type { Field, Format } from "./formats.ts";

// The schema of ERC-7730 is in no package, and its licence does not allow a copy here. These checks are written from the
// text of its version 2.

const address = (digit: number) => `0x${String(digit).repeat(39)}a` as const;
const DEPLOYMENT = {
  chainId: 84_532,
  registry: address(1),
  ledger: address(2),
  startBlock: 1,
  periphery: {
    inlets: { address: address(3), fromBlock: 1 },
    signedPayments: { address: address(4), fromBlock: 1 },
    preview: { address: address(5), fromBlock: 1 },
    outlets: { address: address(6), fromBlock: 1 },
  },
};

/** Functions that only the other of the two contracts can call. */
const NOT_FOR_PEOPLE = new Set(["addAsset", "addRelease", "FeeLedger.setRetired"]);

const FORMAT_TYPES: Record<Field["format"], RegExp> = {
  raw: /./,
  addressName: /^address$/,
  amount: /^uint/,
  tokenAmount: /^uint/,
  tokenTicker: /^address$/,
  nftName: /^uint/,
  date: /^uint/,
  unit: /^uint/,
  enum: /^uint8$/,
  calldata: /^bytes$/,
};
const PARAMS: Partial<Record<Field["format"], string[]>> = {
  tokenAmount: ["tokenPath"],
  nftName: ["collectionPath"],
  date: ["encoding"],
  unit: ["base", "decimals"],
  enum: ["$ref"],
  calldata: ["calleePath"],
};

/** Returns the type of each value in a list of parameters, by its path. */
function leavesOf(parameters: readonly AbiParameter[], at = ""): Map<string, string> {
  const leaves = new Map<string, string>();
  for (const parameter of parameters) {
    const isList = parameter.type.endsWith("[]");
    const path = `${at}${parameter.name}${isList ? ".[]" : ""}`;
    if ("components" in parameter) {
      for (const [inner, type] of leavesOf(parameter.components, `${path}.`)) leaves.set(inner, type);
    } else leaves.set(path, isList ? parameter.type.slice(0, -2) : parameter.type);
  }
  return leaves;
}

/** Returns the type of each value ({@link leavesOf}) in the first of some EIP-712 types. */
function leavesOfMessage(types: Record<string, readonly { name: string; type: string }[]>) {
  const parametersOf = (name: string): AbiParameter[] =>
    (types[name] ?? []).map((field) =>
      types[field.type] ? { name: field.name, type: "tuple", components: parametersOf(field.type) } : field,
    );
  return leavesOf(parametersOf(Object.keys(types)[0] ?? ""));
}

function expectGoodFormat({ intent, interpolatedIntent = "", fields, ...others }: Format, leaves: Map<string, string>) {
  expect(others).to.deep.equal({});
  expect(intent).to.match(/^[A-Z][^.]+$/);
  const typeOf = (path: string) => (path === "@.value" ? "uint256" : path === "@.to" ? "address" : leaves.get(path));
  for (const { path, label, format, params = {}, visible = "always", ...rest } of fields) {
    expect(rest).to.deep.equal({});
    expect(typeOf(path), `${path} is no argument`).to.match(FORMAT_TYPES[format]);
    expect(label.length).to.be.within(1, 30);
    expect(["always", "optional", "never"]).to.include(visible);
    expect(Object.keys(params)).to.deep.equal(PARAMS[format] ?? []);
    for (const [name, value] of Object.entries(params)) {
      if (name.endsWith("Path")) expect(typeOf(String(value)), `${value} is no argument`).to.equal("address");
    }
  }
  const paths = fields.map(({ path }) => path);
  expect(new Set(paths).size, "a value is shown twice").to.equal(paths.length);
  const shownAsToken = fields.map(({ params }) => String(params?.tokenPath));
  for (const leaf of leaves.keys()) expect([...paths, ...shownAsToken], `${leaf} is not shown`).to.include(leaf);
  const always = fields.filter(({ visible }) => visible === undefined).map(({ path }) => path);
  for (const [, path = ""] of interpolatedIntent.matchAll(/\{(.+?)\}/g)) expect(always).to.include(path);
}

describe("The descriptors for wallets (ERC-7730)", () => {
  const descriptors = descriptorsOf(DEPLOYMENT);
  const calldata = Object.entries(abis).flatMap(([name, abi]) => {
    const descriptor = descriptors[`calldata-${name}.json`];
    return descriptor ? [{ name, abi, descriptor }] : [];
  });

  it("exist for every contract that people call, and for the messages that they sign", () => {
    expect(Object.keys(descriptors)).to.have.members([
      "calldata-AssetRegistry.json",
      "calldata-FeeLedger.json",
      "calldata-Inlets.json",
      "calldata-Inlet.json",
      "calldata-Outlets.json",
      "calldata-Outlet.json",
      "calldata-SignedPayments.json",
      "eip712-Grant.json",
      "eip712-Permit2Fee.json",
    ]);
    const bare = { ...DEPLOYMENT, periphery: {} };
    expect(Object.keys(descriptorsOf(bare))).to.have.length(3);
  });

  for (const [file, descriptor] of Object.entries(descriptors)) {
    it(`have the parts that the standard asks for, and no others: ${file}`, () => {
      expect(Object.keys(descriptor)).to.deep.equal(["$schema", "context", "metadata", "display"]);
      expect(descriptor.$schema).to.equal("https://eips.ethereum.org/assets/eip-7730/erc7730-v2.schema.json");
      expect(Object.keys(descriptor.display)).to.deep.equal(["formats"]);
      const { owner, contractName, enums = {}, ...others } = descriptor.metadata;
      expect([owner, contractName, others]).to.deep.equal(["Tributary", contractName, {}]);
      const texts = JSON.stringify(descriptor);
      for (const [, name = ""] of texts.matchAll(/\$\.metadata\.enums\.(\w+)/g)) expect(enums).to.have.property(name);
      const places = placesOf(descriptor);
      expect(places).to.have.length(1);
      for (const { chainId, address: place } of places) {
        expect(chainId).to.equal(DEPLOYMENT.chainId);
        expect(isAddress(place) && getAddress(place)).to.equal(place);
      }
    });
  }

  function placesOf({ context }: Descriptor) {
    if ("eip712" in context) return context.eip712.deployments;
    return "factory" in context.contract ? context.contract.factory.deployments : context.contract.deployments;
  }

  it("are bound to the contracts' addresses", () => {
    const placed = Object.entries(descriptors).map(([file, descriptor]) => [file, placesOf(descriptor)[0]?.address]);
    expect(Object.fromEntries(placed)).to.deep.equal({
      "calldata-AssetRegistry.json": getAddress(DEPLOYMENT.registry),
      "calldata-FeeLedger.json": getAddress(DEPLOYMENT.ledger),
      "calldata-Inlets.json": getAddress(DEPLOYMENT.periphery.inlets.address),
      "calldata-Inlet.json": getAddress(DEPLOYMENT.periphery.inlets.address),
      "calldata-Outlets.json": getAddress(DEPLOYMENT.periphery.outlets.address),
      "calldata-Outlet.json": getAddress(DEPLOYMENT.periphery.outlets.address),
      "calldata-SignedPayments.json": getAddress(DEPLOYMENT.periphery.signedPayments.address),
      "eip712-Grant.json": getAddress(DEPLOYMENT.registry),
      "eip712-Permit2Fee.json": "0x000000000022D473030F116dDEE9F6B43aC78BA3",
    });
  });

  for (const { name, abi, descriptor } of calldata) {
    const functions = (abi as Abi).filter((item): item is AbiFunction => item.type === "function");

    it(`show every function that people can send to ${name}`, () => {
      const sent = functions
        .filter(({ stateMutability }) => stateMutability === "nonpayable" || stateMutability === "payable")
        .filter((item) => !NOT_FOR_PEOPLE.has(item.name) && !NOT_FOR_PEOPLE.has(`${name}.${item.name}`))
        .map((item) => toFunctionSelector(item));
      const shown = Object.keys(descriptor.display.formats).map((key) => toFunctionSelector(`function ${key}`));
      expect(shown).to.have.members(sent);
    });

    it(`show every argument in a way that fits its type: ${name}`, () => {
      for (const [key, format] of Object.entries(descriptor.display.formats)) {
        // One space before each name, no other space, and no alias of a type.
        expect(key).not.to.match(/, |\( |\buint\b|tuple/);
        const { inputs } = parseAbiItem(`function ${key}`) as AbiFunction;
        expectGoodFormat(format, leavesOf(inputs));
      }
    });
  }

  for (const { file, types, signed } of [
    {
      file: "eip712-Grant.json",
      types: grantTypes,
      signed: "Grant(uint40 release,address account,uint40 asset,uint256 nonce,uint256 deadline)",
    },
    {
      file: "eip712-Permit2Fee.json",
      types: permit2FeeTypes,
      signed:
        "PermitWitnessTransferFrom(TokenPermissions permitted,address spender,uint256 nonce,uint256 deadline,Fee witness)" +
        "Fee(address payer,uint40 release,bytes32 ref)TokenPermissions(address token,uint256 amount)",
    },
  ]) {
    it(`show every field of the message, by the type that is signed: ${file}`, () => {
      const { formats } = descriptors[file]?.display ?? { formats: {} };
      expect(Object.keys(formats)).to.deep.equal([signed]);
      for (const format of Object.values(formats)) expectGoodFormat(format, leavesOfMessage(types));
    });
  }
});
