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

/** The address at which a release is paid by a plain transfer, and what lies there. */
export function InletSection({ on, id, published }: InletSectionProps) {
  const query = useQuery(inletOf(on, id));
  const isFinal = useIsFinal(published.blockNumber);
  const { currencies, wrapped } = on.deployment;
  const taken = currencies.map((each) => currencyLabel(each, currencies));
  if (wrapped) taken.push(on.network.native.symbol);
  return (
    <Section
      title="Or send it"
      about="Any wallet, exchange or program pays this release by a plain transfer to its inlet, an address of its own. It becomes a fee once anybody syncs it, paid by the inlet and without a reference. Send nothing but the currencies named here."
    >
      {isFinal !== true && (
        <p className="note warn">
          The block that this release was published in is not known to be final yet. Wait until it is: were it taken
          back, the number, and with it the inlet, could become another release’s.
        </p>
      )}
      <QueryResult of={query} lines={3}>
        {({ inlet, balances }) => (
          <>
            <p>
              <CopyableText text={inlet} />
            </p>
            <Facts>
              <Fact name="Takes">{taken.join(", ")}</Fact>
              <Fact name="Lies there">
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
                  Make it a fee
                </a>
              </p>
            )}
          </>
        )}
      </QueryResult>
    </Section>
  );
}
