import { type Address, type Hex, keccak256, stringToHex } from "viem";
import { UserError } from "#protocol/userError.ts";
import { isSend, type Plan } from "./plan.ts";

/** A transaction for somebody else to send. Numbers are decimal text, as JSON numbers are too small for them. */
export interface ProposedCall {
  to: Address;
  /** Native money that it sends along, in wei. */
  value: string;
  data: Hex;
}

/** Forms of a proposal's file: that of Safe's Transaction Builder, or a plain list of calls. */
export const PROPOSAL_FORMS = ["safe", "plain"] as const;
export type ProposalForm = (typeof PROPOSAL_FORMS)[number];

export interface ProposalParameters {
  chainId: number;
  /** The account that is to send the transactions. */
  account: Address;
  plan: Plan;
  form: ProposalForm;
  /** The time of writing, in milliseconds since 1970. Default: now. */
  createdAt?: number;
}

/**
 * Returns a plan that needs no signed message, as an account that only sends transactions can carry it out.
 *
 * @throws {UserError} if the act cannot be done without one.
 */
export async function withoutMessages(plan: Plan): Promise<Plan> {
  const step = plan.steps.find((each) => !isSend(each));
  if (!step || isSend(step)) return plan;
  if (step.otherwise) return withoutMessages(await step.otherwise());
  throw new UserError(
    "This way needs a signed message, which cannot be proposed as a transaction. Choose another way, such as allowance or credit; for a grant, record it on chain.",
  );
}

/** Returns the calls of a plan that needs no signed message, in their order. */
export const proposedCalls = ({ steps }: Plan): ProposedCall[] =>
  steps.filter(isSend).map(({ to, data, value = 0n, does }) => {
    if (typeof data === "function") throw new Error(`A proposed step needs a signature: ${does}`);
    return { to, value: String(value), data };
  });

/**
 * Returns the text of a file with a plan's transactions for a contract wallet.
 *
 * @example
 * const text = proposalText({ chainId: 8453, account: safe, plan: await withoutMessages(plan), form: "safe" });
 */
export function proposalText({ chainId, account, plan, form, createdAt = Date.now() }: ProposalParameters): string {
  const calls = proposedCalls(plan);
  const content = form === "plain" ? calls : safeBatch({ chainId, account, plan, createdAt }, calls);
  return `${JSON.stringify(content, null, 2)}\n`;
}

/** Returns a batch in the form of Safe's Transaction Builder, which is the same on every chain. */
function safeBatch(
  { chainId, account, plan, createdAt }: Required<Omit<ProposalParameters, "form">>,
  calls: readonly ProposedCall[],
) {
  const batch = {
    version: "1.0",
    chainId: String(chainId),
    createdAt,
    meta: {
      name: plan.title,
      description: plan.steps.map(({ does }) => does).join(" "),
      txBuilderVersion: "1.16.5",
      createdFromSafeAddress: account,
      createdFromOwnerAddress: "",
    },
    // Neither is needed, as the call's data is given.
    transactions: calls.map((call) => ({ ...call, contractMethod: null, contractInputsValues: null })),
  };
  return { ...batch, meta: { ...batch.meta, checksum: batchChecksum(batch) } };
}

/**
 * Returns the checksum of a batch, without which the Transaction Builder warns that the file was changed: the hash of its
 * serialization with sorted keys, in which the name counts as null.
 */
export const batchChecksum = (batch: { meta: object }): Hex =>
  keccak256(stringToHex(serialized({ ...batch, meta: { ...batch.meta, name: null } })));

function serialized(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(serialized).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${JSON.stringify(entries.map(([key]) => key))}${entries.map(([, each]) => `${serialized(each)},`).join("")}}`;
}
