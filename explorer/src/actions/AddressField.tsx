import { useQuery } from "@tanstack/react-query";
import { type Address, isAddressEqual } from "viem";
import { assessRecipient } from "#client/recipients/assessRecipient.ts";
import type { Purpose } from "#client/recipients/recipient.ts";
import { parseAddress } from "#protocol/address.ts";
import type { OnChain } from "../wallet/onChain.ts";
import { useWallet } from "../wallet/useWallet.ts";
import { read, TextField } from "./Field.tsx";

interface AddressFieldProps {
  on: OnChain;
  label: string;
  hint?: string;
  /** The name of the address in messages, such as "The recipient". */
  what: string;
  /** The right or the money that the address is named for. */
  purpose: Purpose;
  /** The asset that it is about; undefined if that does not exist yet. */
  asset?: number;
  value: string;
  onChange: (text: string) => void;
}

/** Field for an address, which tells at once if nobody can act with it, or if it may be a contract that never acts. */
export function AddressField({ on, label, hint, what, purpose, asset, value, onChange }: AddressFieldProps) {
  const typed = read(value, (text) => parseAddress(text, what));
  const wallet = useWallet(on);
  const own = "account" in wallet ? wallet.account : undefined;
  const isOwn = own !== undefined && typed.value !== undefined && isAddressEqual(own, typed.value);
  const { data } = useQuery({
    queryKey: ["recipient", typed.value, purpose, asset, own],
    queryFn: () =>
      assessRecipient(
        { client: on.chain.client, chain: on.chain },
        // The query is enabled only with an address.
        { address: typed.value as Address, purpose, asset },
        { related: own ? [own] : [] },
      ),
    enabled: typed.value !== undefined && !isOwn,
    structuralSharing: false,
    // If it fails, the review gives the reason.
    retry: 1,
  });
  const assessment = typed.value && !isOwn ? data : undefined;
  const { outlet } = assessment ?? {};
  return (
    <TextField
      label={label}
      hint={hint}
      grow
      placeholder="0x…"
      maxLength={42}
      value={value}
      onChange={onChange}
      error={typed.error ?? (assessment?.verdict === "refuse" ? assessment.message : undefined)}
      warning={
        assessment?.verdict === "warn" && (
          <>
            {assessment.message}
            {outlet && <OutletChoice outlet={outlet} onChoose={() => onChange(outlet)} />}
          </>
        )
      }
    />
  );
}

function OutletChoice({ outlet, onChoose }: { outlet: Address; onChoose: () => void }) {
  return (
    <>
      {" "}
      An outlet holds shares for one account. Anyone can pass on what it earns, to that account and nowhere else.{" "}
      <button type="button" title={outlet} onClick={onChoose}>
        Use its outlet
      </button>
    </>
  );
}
