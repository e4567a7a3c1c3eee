import { useQuery } from "@tanstack/react-query";
import { getAddress } from "viem";
import { href } from "../../router.ts";
import type { OnChain } from "../../wallet/onChain.ts";
import { useOnChain } from "../../wallet/start.ts";
import { useWallet } from "../../wallet/useWallet.ts";
import { testMoney } from "./testMoney.ts";

/** A link to get test money for an account. It is shown only where a currency lets anyone mint it. */
export function TestMoneyLink({ address }: { address: string }) {
  const { data: on } = useOnChain();
  return on && <LinkOn on={on} address={address} />;
}

/** The same link for the connected account. */
export function OwnTestMoneyLink({ on }: { on: OnChain }) {
  const wallet = useWallet(on);
  return wallet.state === "ready" && <LinkOn on={on} address={wallet.account} />;
}

function LinkOn({ on, address }: { on: OnChain; address: string }) {
  const { data } = useQuery(testMoney(on, getAddress(address)));
  if (!data || data.length === 0) return null;
  return (
    <p>
      <a className="button" href={href(`/test-money/${address.toLowerCase()}`)}>
        Get test money
      </a>
    </p>
  );
}
