import pc from "picocolors";
import { rpcVariable } from "#protocol/networks/networks.ts";
import { LOCAL_CHAIN_ID } from "../deploy/localMoney.ts";
import type { People } from "./people.ts";

export interface InstructionsParameters {
  people: People;
  /** The release that the commands pay and build on, and the name of its asset. */
  release: number;
  name: string;
  rpcUrl: string;
  apiUrl: string;
}

/** The addresses that commands look at by themselves. */
const USUAL = { rpcUrl: "http://127.0.0.1:8545", apiUrl: "http://127.0.0.1:4000" };

/** Describes what a person can do with a first run: accounts, the chain for a wallet, and commands. */
export function instructions({ people, release, name, rpcUrl, apiUrl }: InstructionsParameters): string {
  const { owner, payer, newcomer } = people;
  const prefix = rpcUrl === USUAL.rpcUrl ? "" : `${rpcVariable("localhost")}=${rpcUrl} `;
  const hardhat = `${prefix}npx hardhat --network localhost`;
  const api = apiUrl === USUAL.apiUrl ? "" : ` --api ${apiUrl}`;
  const accounts = [
    ["owner", owner, `owns ${name}`],
    ["payer", payer, "has test money"],
    ["newcomer", newcomer, "owns nothing yet, and has ETH for gas"],
  ] as const;
  return `${pc.bold("Accounts to act as")}, by command or with their keys in a wallet. Everyone knows these keys: no real money
${accounts.map(([role, { address, privateKey }, has]) => `  ${role.padEnd(9)} ${address}  ${has}\n            key ${privateKey}`).join("\n")}

${pc.bold("The chain to add to a wallet")}
  name Tributary local   RPC URL ${rpcUrl}   chain id ${LOCAL_CHAIN_ID}   currency symbol ETH
  Test money for the wallet's own account: the explorer's page of the account, or in a second terminal
  ${hardhat} faucet --account 0x… --yes

${pc.bold("Commands to try")}, in this folder in a second terminal: pay ${name}, register a model that is built on it, collect for its owner
  ${hardhat} pay ${release} 1.50 --currency tUSD --as ${payer.address} --yes
  ${hardhat} register --name "My first model" --kind model --built-from ${release}:20% --as ${newcomer.address} --yes
  ${hardhat} collect --as ${owner.address} --yes${api}`;
}
