import type { UseQueryResult } from "@tanstack/react-query";
import type { Amount, Schemas } from "../../api/client.ts";
import { type PlanListQuery, statementLines } from "../../api/questions.ts";
import { pluralize } from "../../format/amount.ts";
import { Gifts, LeftOut } from "../../pages/PlanDetails.tsx";
import { sumByCurrency } from "../../pages/statement.ts";
import { Detail } from "../../parts/figures/Facts.tsx";
import { Money } from "../../parts/figures/Money.tsx";
import { AccountLink } from "../../parts/links.tsx";
import { usePagedList } from "../../parts/lists/usePagedList.ts";
import { Loading, QueryResult } from "../../parts/QueryResult.tsx";
import { href } from "../../router.ts";

interface AmountsDueProps {
  address: string;
  plan: UseQueryResult<{ data: Schemas["Plan"] }>;
  /** The query of the plan. */
  query: PlanListQuery;
}

/** Claimable amounts of an account in each currency, now and after settling, and those at its outlet apart. */
export function AmountsDue({ address, plan, query }: AmountsDueProps) {
  const lines = usePagedList(statementLines(address));
  if (lines.data === undefined && !lines.error) return <Loading lines={5} />;
  const all = lines.data?.pages.flatMap(({ data }) => data) ?? [];
  const claimable = sumByCurrency(all, ({ claimableNow }) => claimableNow);
  return (
    <QueryResult of={plan} lines={5}>
      {({ data: { plans, outlet } }) => (
        <>
          {plans.length > 0 && (
            <div className="claimable">
              {plans.map((each) => (
                <AmountDue
                  key={each.pays.currency.address}
                  {...{ address, query }}
                  plan={each}
                  now={claimable.find(({ currency }) => currency.address === each.pays.currency.address)}
                />
              ))}
            </div>
          )}
          {/* Null, or left out by an older service. */}
          {outlet != null && outlet.plans.length > 0 && <ThroughOutlet {...{ address, query, outlet }} />}
          {plans.length === 0 && (outlet?.plans ?? []).length === 0 && (
            <p className="empty">Nothing is claimable, now or after settling.</p>
          )}
        </>
      )}
    </QueryResult>
  );
}

interface ThroughOutletProps {
  address: string;
  outlet: Schemas["OutletPlan"];
  query: PlanListQuery;
}

/** Amounts that an outlet can pass on to its account. */
function ThroughOutlet({ address, outlet: { outlet, account, open, plans }, query }: ThroughOutletProps) {
  return (
    <section className="through-outlet" aria-label="Through the outlet">
      <p>
        {outlet === address ? (
          <>
            This outlet can pass on to <AccountLink address={account} />:
          </>
        ) : (
          <>
            Through the outlet <AccountLink address={outlet} />:
          </>
        )}
      </p>
      <div className="claimable">
        {plans.map((each) => (
          <AmountDue
            key={each.pays.currency.address}
            address={address}
            query={{ ...query, outlet: true }}
            plan={each}
            now={undefined}
          />
        ))}
      </div>
      {/* The account's page has this link already if the outlet is open. */}
      {!open && (
        <p>
          <a href={href(`/pass/${account}`)}>Pass on</a> <Detail>anyone may</Detail>
        </p>
      )}
    </section>
  );
}

interface AmountDueProps {
  address: string;
  plan: Schemas["CurrencyPlan"];
  query: PlanListQuery;
  /** Undefined if nothing is claimable, or for an outlet. */
  now: Amount | undefined;
}

/** Claimable amount of the account in one currency, and the transactions that it takes to collect it. */
function AmountDue({ address, plan: claimPlan, query, now }: AmountDueProps) {
  const isOutlet = query.outlet === true;
  const { pays, fromCredit, settleCount, claimCount, calls, leftOutCount } = claimPlan;
  const parts = [
    ...(settleCount > 0 ? [`settle ${pluralize(settleCount, "release")}`] : []),
    ...(claimCount > 0 ? [`claim what the shares of ${pluralize(claimCount, "asset")} have earned`] : []),
    ...(claimCount === 0 && fromCredit.amount !== "0"
      ? [isOutlet ? "withdraw its credit" : "withdraw what was claimed to credit"]
      : []),
    ...(isOutlet ? ["pass it on"] : []),
  ];
  return (
    <div>
      <p className="eyebrow">
        Claimable after settling <Detail>includes Claimable</Detail>
      </p>
      <p className="amount">
        <Money of={pays} />
      </p>
      {!isOutlet && <p>Claimable: {now ? <Money of={now} /> : "nothing"}</p>}
      {fromCredit.amount !== "0" && (
        <p>
          Of it in credit: <Money of={fromCredit} />{" "}
          <Detail>
            {isOutlet ? "it is withdrawn and passed on" : "somebody claimed it to your credit; it is withdrawn"}
          </Detail>
        </p>
      )}
      <p className="quiet">
        {calls.length === 0
          ? "Nothing is worth collecting now: it would bring less than the gas costs."
          : `${isOutlet ? "Passing on" : "Collecting"} takes ${pluralize(calls.length, "transaction")}, to ${parts.join(" and ")}.`}
      </p>
      {claimPlan.giftCount > 0 && <Gifts address={address} plan={claimPlan} query={query} />}
      {leftOutCount > 0 && <LeftOut address={address} plan={claimPlan} query={query} />}
    </div>
  );
}
