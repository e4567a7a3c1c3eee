import { queryOptions, useQuery } from "@tanstack/react-query";
import { readInlet } from "#client/acts/paying/readInlet.ts";
import { amountText, exactText } from "#protocol/money.ts";
import type { Schemas } from "../../api/client.ts";
import { QueryResult } from "../../parts/QueryResult.tsx";
import { CopyableText } from "../../parts/CopyableText.tsx";
import { useIsFinal } from "../../parts/figures/useIsFinal.ts";
import { Fact, Facts } from "../../parts/figures/Facts.tsx";
import { Section } from "../../parts/frame/Page.tsx";
import { href } from "../../router.ts";
import type { OnChain } from "../../wallet/onChain.ts";
import { currencyLabel } from "./currencyLabel.ts";
import { orMessage } from "../../wallet/errorMessage.ts";

interface InletSectionProps {
  on: OnChain;
  id: number;
  published: Schemas["Position"];
}

const inletOf = ({ chain }: OnChain, release: number) =>
  queryOptions({
    queryKey: ["inlet", release],
    structuralSharing: false,
    retry: 1,
    queryFn: () => orMessage(readInlet(chain, release)),
  });

/** The inlet of a release, which is an address for plain transfers, and its balances. */
export function InletSection({ on, id, published }: InletSectionProps) {
  const query = useQuery(inletOf(on, id));
  const isFinal = useIsFinal(published.blockNumber);
  const { currencies, wrapped } = on.deployment;
  const accepted = currencies.map((each) => currencyLabel(each, currencies));
  if (wrapped) accepted.push(on.network.native.symbol);
  return (
    <Section
      title="Pay by plain transfer"
      about="This release has its own address, its inlet, which accepts plain transfers from any wallet, exchange or program. The money becomes a fee when anybody syncs the inlet. The payer of that fee is the inlet, and the fee has no reference. Send only the currencies listed here."
    >
      {isFinal !== true && (
        <p className="note warn">
          The block in which this release was published may not be final yet. Wait before you send money: the chain can
          still take its block back, and then the inlet may belong to another release.
        </p>
      )}
      <QueryResult of={query} lines={3}>
        {({ inlet, balances }) => (
          <>
            <p>
              <CopyableText text={inlet} />
            </p>
            <Facts>
              <Fact name="Accepted currencies">{accepted.join(", ")}</Fact>
              <Fact name="In the inlet now">
                {balances.length === 0 ? (
                  "nothing"
                ) : (
                  <span className="moneys">
                    {balances.map(({ amount, unit, currency }) => (
                      <span key={currency?.address ?? "native"} className="money" title={exactText(amount, unit)}>
                        {amountText(amount, unit)}
                      </span>
                    ))}
                  </span>
                )}
              </Fact>
            </Facts>
            {balances.length > 0 && (
              <p className="button-row">
                <a className="button" href={href(`/sync/${id}`)}>
                  Sync the inlet
                </a>
              </p>
            )}
          </>
        )}
      </QueryResult>
    </Section>
  );
}
