import { useQuery } from "@tanstack/react-query";
import type { Hex } from "viem";
import { cancel } from "#client/acts/governing/cancel.ts";
import { execute } from "#client/acts/governing/execute.ts";
import { fromIndexer } from "#client/acts/governing/operations.ts";
import { governanceOperation } from "../../api/questions.ts";
import { OperationCalls } from "../../pages/OperationCalls.tsx";
import { Page, Section } from "../../parts/frame/Page.tsx";
import { QueryResult } from "../../parts/QueryResult.tsx";
import { href } from "../../router.ts";
import { RequireDeployment } from "../RequireDeployment.tsx";
import { ReviewAndSend } from "../ReviewAndSend.tsx";

const BACK = <a href={href("/governance")}>Governance</a>;

export function ExecutePage({ param }: { param: string }) {
  return (
    <Page title="Execute a scheduled call" eyebrow={BACK} lead="Anyone can do this once the delay is over.">
      <QueryResult of={useQuery(governanceOperation(param))} lines={6}>
        {({ data }) => (
          <>
            <Section title="Calls">
              <OperationCalls of={data} />
            </Section>
            <RequireDeployment>
              {(on) => (
                <Section title="Execute">
                  <ReviewAndSend
                    on={on}
                    about={`execute/${param}`}
                    label="Execute"
                    inputs={[data.state, data.blocked]}
                    plan={async (account) => execute(on.chain, account, { operation: fromIndexer(data) })}
                  />
                </Section>
              )}
            </RequireDeployment>
          </>
        )}
      </QueryResult>
    </Page>
  );
}

export function CancelPage({ param }: { param: string }) {
  const query = useQuery(governanceOperation(param));
  return (
    <Page title="Cancel a scheduled call" eyebrow={BACK} lead="Only a canceller of the timelock can do this.">
      <Section title="Calls">
        <QueryResult of={query} lines={3}>
          {({ data }) => <OperationCalls of={data} />}
        </QueryResult>
      </Section>
      <RequireDeployment>
        {(on) => (
          <Section title="Cancel">
            <ReviewAndSend
              on={on}
              about={`cancel/${param}`}
              label="Cancel it"
              inputs={[]}
              plan={async (account) => cancel(on.chain, account, { id: param as Hex })}
            />
          </Section>
        )}
      </RequireDeployment>
    </Page>
  );
}
