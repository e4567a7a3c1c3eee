import { TypedDataEncoder, type TypedDataField } from "ethers";
import { type Abi, type AbiFunction, type AbiParameter, type Address, getAddress, toFunctionSignature } from "viem";
import type { Deployment } from "#protocol/deployment.ts";
import { abis } from "#protocol/abis.ts";
import { grantTypes, PERMIT2, permit2FeeTypes } from "#protocol/typedData.ts";
import {
  enums,
  type Format,
  grantFormat,
  inletFormats,
  inletsFormats,
  ledgerFormats,
  outletFormats,
  outletsFormats,
  permit2FeeFormat,
  registryFormats,
  signedPaymentsFormats,
} from "./formats.ts";

const SCHEMA = "https://eips.ethereum.org/assets/eip-7730/erc7730-v2.schema.json";

interface Place {
  chainId: number;
  address: Address;
}

type Formats = Record<string, Format>;
type ContractLocation = { deployments: Place[] } | { factory: { deployments: Place[]; deployEvent: string } };
type Context = { contract: ContractLocation } | { eip712: { domain: Record<string, string>; deployments: Place[] } };

/** The content of an ERC-7730 file, which describes to a wallet how to show the calls or messages of one contract. */
export interface Descriptor {
  $schema: string;
  context: { $id: string } & Context;
  metadata: { owner: string; contractName: string; enums?: typeof enums };
  display: { formats: Formats };
}

/** Returns the descriptors of a deployment, by file name. */
export function descriptorsOf({ chainId, registry, ledger, periphery, made }: Deployment): Record<string, Descriptor> {
  const at = (address: Address) => ({ deployments: [{ chainId, address: getAddress(address) }] });
  const descriptors: Record<string, Descriptor> = {};
  const addCalls = (name: keyof typeof abis, contract: ContractLocation, formats: Formats) => {
    descriptors[`calldata-${name}.json`] = descriptor(name, name, { contract }, byFragment(abis[name], formats));
  };

  addCalls("AssetRegistry", at(registry), registryFormats);
  addCalls("FeeLedger", at(ledger), ledgerFormats);
  const grantContext = { eip712: { domain: { name: "Tributary", version: "1" }, ...at(registry) } };
  descriptors["eip712-Grant.json"] = descriptor("Grant", "AssetRegistry", grantContext, {
    [encodedType(grantTypes)]: grantFormat,
  });
  const { inlets, outlets, signedPayments } = periphery;
  if (inlets) {
    addCalls("Inlets", at(inlets.address), inletsFormats);
    const factory = { ...at(inlets.address), deployEvent: "InletOpened(uint40,address)" };
    addCalls("Inlet", { factory }, inletFormats);
  }
  if (outlets) {
    addCalls("Outlets", at(outlets.address), outletsFormats);
    const factory = { ...at(outlets.address), deployEvent: "OutletOpened(address,address)" };
    addCalls("Outlet", { factory }, outletFormats);
  }
  if (!signedPayments) return descriptors;

  addCalls("SignedPayments", at(signedPayments.address), signedPaymentsFormats);
  const permit2Context = { eip712: { domain: { name: "Permit2" }, ...at(made?.permit2 ?? PERMIT2) } };
  descriptors["eip712-Permit2Fee.json"] = descriptor("Permit2Fee", "Permit2", permit2Context, {
    [encodedType(permit2FeeTypes)]: permit2FeeFormat,
  });
  return descriptors;
}

function descriptor($id: string, contractName: string, context: Context, formats: Formats): Descriptor {
  const usesEnums = JSON.stringify(formats).includes("$.metadata.enums.");
  return {
    $schema: SCHEMA,
    context: { $id, ...context },
    metadata: { owner: "Tributary", contractName, ...(usesEnums && { enums }) },
    display: { formats },
  };
}

/** Replaces the keys of formats, which are function names (signatures for overloads), by the functions' declarations. */
function byFragment(abi: Abi, formats: Formats): Formats {
  const functions = abi.filter((item): item is AbiFunction => item.type === "function");
  return Object.fromEntries(
    Object.entries(formats).map(([key, format]) => {
      const [item, ...others] = functions.filter((each) => each.name === key || toFunctionSignature(each) === key);
      if (!item || others.length > 0) throw new Error(`There is not exactly one function ${key}.`);
      return [`${item.name}(${item.inputs.map(fragmentOf).join(",")})`, format];
    }),
  );
}

function fragmentOf(parameter: AbiParameter): string {
  const { name, type } = parameter;
  if (!("components" in parameter)) return `${type} ${name}`;
  return `(${parameter.components.map(fragmentOf).join(",")})${type.slice("tuple".length)} ${name}`;
}

/** Returns EIP-712's `encodeType` of the primary type. */
const encodedType = (types: Record<string, readonly TypedDataField[]>) =>
  TypedDataEncoder.from(
    Object.fromEntries(Object.entries(types).map(([name, fields]) => [name, [...fields]])),
  ).encodeType(Object.keys(types)[0] ?? "");
