import { useQuery } from "@tanstack/react-query";
import { getAddress } from "viem";
import { pass } from "#client/acts/collecting/pass.ts";
import { account, statementLines } from "../../api/questions.ts";
import { NotFoundPage } from "../../pages/NotFoundPage.tsx";
import { Page, Section } from "../../parts/frame/Page.tsx";
import { AccountLink } from "../../parts/links.tsx";
import { usePagedList } from "../../parts/lists/usePagedList.ts";
import { QueryResult } from "../../parts/QueryResult.tsx";
import { shortAddress } from "../../parts/shortAddress.ts";
import type { OnChain } from "../../wallet/onChain.ts";
import { RequireDeployment } from "../RequireDeployment.tsx";
import { ReviewAndSend } from "../ReviewAndSend.tsx";

/** Page that passes on what an account's outlet has earned and holds. */
export function PassPage({ param }: { param: string }) {
  const address = param.toLowerCase();
  const query = useQuery(account(address));
  if (!/^0x[0-9a-f]{40}$/.test(address)) return <NotFoundPage />;
  return (
    <Page
      key={address}
      title={`Outlet of ${shortAddress(address)}`}
      eyebrow={<AccountLink address={address} />}
      lead="Passing on sends everything that an outlet has earned and holds to its account. Anybody may do it, at any time. Only settled income is included."
    >
      <QueryResult of={query} lines={8}>
        {({ data: { outlet } }) =>
          outlet == null ? (
            <p className="empty">This account has no open outlet.</p>
          ) : (
            <RequireDeployment>
              {(on) => (
                <Section title="Pass on">
                  <PassOn on={on} owner={address} outlet={outlet} />
                </Section>
              )}
            </RequireDeployment>
          )
        }
      </QueryResult>
    </Page>
  );
}

function PassOn({ on, owner, outlet }: { on: OnChain; owner: string; outlet: string }) {
  const lines = usePagedList(statementLines(outlet));
  return (
    <QueryResult of={lines} lines={4}>
      {({ pages }) => {
        const assets = [...new Set(pages.flatMap(({ data }) => data.map(({ asset }) => asset)))];
        return (
          <ReviewAndSend
            on={on}
            about={`pass/${owner}`}
            label="Pass on"
            inputs={[assets.join()]}
            plan={(sender) => pass(on.chain, sender, { account: getAddress(owner), assets })}
          />
        );
      }}
    </QueryResult>
  );
}
