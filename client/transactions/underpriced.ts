/** A node's refusal of a transaction that offers too little for its gas. */
export interface Underpriced {
  /** The least price that the node names, in wei; undefined if it names none. */
  least: bigint | undefined;
  /** The part of the price that it is about; "price" if that is not clear. */
  of: "tip" | "baseFee" | "price";
  /** True if the transaction offers too little to replace a pending one with its nonce. */
  replaces: boolean;
}

const AMOUNT = String.raw`["'(]{0,2}(\d[\d_,]*(?:\.\d+)?)\s*(gwei|wei)?`;
const amountAfter = (text: string) => new RegExp(`${text}${AMOUNT}`, "i");

/** Refusals for other reasons, which use similar words. */
const OTHER =
  /nonce|intrinsic|funds|balance|gas limit|limit exceeded|block gas|\bgas too low|exceeds the configured cap|higher than max ?fee|already known|execution reverted/i;

const REFUSED =
  /underpriced|fee ?too ?low|insufficient (?:gas )?fee|unacceptable gas price|invalid (?:base fee|unit price)|miner premium is negative|(?:fee|price|tip)[^.]{0,80}(?:too low|below|less than|lower than|minimum)/i;

/** Wordings of nodes with the least price, in the order in which they are tried. */
const WORDINGS: readonly [RegExp, Underpriced["of"]][] = [
  // geth, bor, op-geth, erigon; then older geth; then coreth and its relatives
  [amountAfter(String.raw`tip(?: cap)?[^<]*?minimum needed:?\s*`), "tip"],
  [amountAfter(String.raw`fee cap[^<]*?minimum needed:?\s*`), "price"],
  [amountAfter(String.raw`tip needed:?\s*`), "tip"],
  [amountAfter(String.raw`<\s*pool gas tip cap\s*`), "tip"],
  [amountAfter(String.raw`<\s*pool minimum fee cap\s*`), "price"],
  // Nethermind, reth
  [amountAfter(String.raw`PriorityFee(?:PerGas)? too low\D*\d+\s*<\s*`), "tip"],
  [
    amountAfter(
      String.raw`(?:minimum|least)(?: required)? (?:priority fee|tip)(?: per gas)?(?: cap)?(?: is| of|:|=)*\s*`,
    ),
    "tip",
  ],
  [
    amountAfter(
      String.raw`priority ?fee[^<]*?(?:below|less than|lower than|at least)(?: the)?(?: minimum)?(?: of| is|:|=)*\s*`,
    ),
    "tip",
  ],
  // all that enforce the base fee: geth, erigon, Arbitrum, Nethermind, Hardhat
  [amountAfter(String.raw`base ?fee(?: ?per ?gas)?(?: of| is|:|=)*\s*`), "baseFee"],
  // the others
  [amountAfter(String.raw`use at least (?:tx\.gasPrice)?\s*=?\s*`), "price"],
  [amountAfter(String.raw`needs to be higher than\s*`), "price"],
  [
    amountAfter(
      String.raw`min(?:imum)?(?: needed| required| gas price| price| fee| accepted| allowed| is| of|:|=|,)*\s*`,
    ),
    "price",
  ],
  [amountAfter(String.raw`(?:required|at least|expected)(?: is| of|:|=)*\s*`), "price"],
  [amountAfter(String.raw`(?:<|less than|lower than|below)\D{0,40}?`), "price"],
];

/** Reads a refusal from the message of a node; undefined if it is about something else. */
export function readUnderpriced(message: string): Underpriced | undefined {
  if (
    /replacement[^.]*underpriced|underpriced[^.]*replacement|same nonce[^.]*(?:queue|pool)|ReplacementNotAllowed/i.test(
      message,
    )
  )
    return { least: undefined, of: "price", replaces: true };
  if (OTHER.test(message) || !REFUSED.test(message)) return undefined;
  for (const [wording, of] of WORDINGS) {
    const [, number, unit] = wording.exec(message) ?? [];
    if (number !== undefined) return { least: weiOf(number, unit), of, replaces: false };
  }
  const of = /base ?fee/i.test(message) ? "baseFee" : /tip|priority/i.test(message) ? "tip" : "price";
  return { least: undefined, of, replaces: false };
}

function weiOf(number: string, unit: string | undefined): bigint {
  const [whole = "0", fraction = ""] = number.replaceAll(/[_,]/g, "").split(".");
  if (unit?.toLowerCase() !== "gwei") return BigInt(whole) + (fraction === "" ? 0n : 1n);
  return BigInt(whole + fraction.slice(0, 9).padEnd(9, "0"));
}
