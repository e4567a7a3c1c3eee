import type { AddressKind, Purpose, TokenOwner, Verdict } from "./recipient.ts";

type Row = Readonly<Record<Purpose, Verdict>>;

const all = (verdict: Verdict): Row => ({
  shares: verdict,
  asset: verdict,
  credit: verdict,
  tokens: verdict,
  native: verdict,
  grant: verdict,
  role: verdict,
});

/** The table of verdicts: kind of the address × purpose. A token account is judged by the end of its chain of owners. */
const RULES: Readonly<Record<Exclude<AddressKind["kind"], "tokenAccount">, Row>> = {
  account: all("ok"),
  delegated: all("ok"),
  wallet: all("ok"),
  timelock: { ...all("warn"), role: "ok" },
  contract: all("warn"),
  inlet: all("refuse"),
  // Anyone can pass on what an outlet earns and gets. It does nothing else.
  outlet: { ...all("ok"), asset: "refuse", grant: "refuse", role: "refuse" },
  deadEnd: all("refuse"),
};

/** Returns the verdict on an address for a purpose. */
export function verdictOn(found: AddressKind, purpose: Purpose): Verdict {
  if (found.kind !== "tokenAccount") return RULES[found.kind][purpose];
  return verdictOnOwner(found.owner, purpose);
}

function verdictOnOwner(owner: TokenOwner, purpose: Purpose): Verdict {
  switch (owner.end) {
    case "owner":
      // The owner must act for the account: an outlet does not, though money may be sent to it.
      return owner.kind.kind === "outlet" ? "refuse" : verdictOn(owner.kind, purpose === "role" ? "role" : "asset");
    case "noToken":
    case "circle":
      return "refuse";
    case "elsewhere":
    case "tooLong":
      return "warn";
  }
}
