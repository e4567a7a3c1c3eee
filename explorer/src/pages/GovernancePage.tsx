import { useQuery } from "@tanstack/react-query";
import { ApiProblem, type Schemas } from "../api/client.ts";
import { governance, governanceOperation, governanceOperations, ledger } from "../api/questions.ts";
import { formatPpm, pluralize } from "../format/amount.ts";
import { Detail, Fact, Facts } from "../parts/figures/Facts.tsx";
import { When } from "../parts/figures/When.tsx";
import { Page, Section } from "../parts/frame/Page.tsx";
import { AccountLink } from "../parts/links.tsx";
import { PagedList } from "../parts/lists/PagedList.tsx";
import { QueryResult } from "../parts/QueryResult.tsx";
import { href } from "../router.ts";
import { OperationCalls } from "./OperationCalls.tsx";
import { periodText } from "#protocol/duration.ts";

/** Page about the accounts that may decide about the deployment, and about what they have scheduled. */
export function GovernancePage() {
  return (
    <Page
      title="Governance"
      lead="The admin can admit currencies, and nothing else: nobody can stop payments, change a release or take anybody's money."
    >
      <Section title="Accounts that decide">
        <QueryResult of={useQuery(ledger)} lines={4}>
          {({ data }) => <Roles of={data} />}
        </QueryResult>
      </Section>
      <Timelock />
      <Section title="The commons" about="Anyone can sweep the commons' part of settled income to its beneficiary.">
        <p className="button-row">
          <a className="button" href={href("/govern/sweep")}>
            Sweep
          </a>
          <a className="button" href={href("/govern/withdraw")}>
            Withdraw
          </a>
        </p>
      </Section>
    </Page>
  );
}

function Roles({ of: { admin, commonsBeneficiary, commonsPpm } }: { of: Schemas["Ledger"] }) {
  return (
    <Facts>
      <Fact name="Admin">
        <AccountLink address={admin} />
        <Detail>may admit currencies, for ever</Detail>
      </Fact>
      <Fact name="Beneficiary of the commons">
        <AccountLink address={commonsBeneficiary} />
        <Detail>gets {formatPpm(commonsPpm)} of all income</Detail>
      </Fact>
    </Facts>
  );
}

function Timelock() {
  const query = useQuery(governance);
  if (query.error instanceof ApiProblem && query.error.code === "book-absent") {
    return (
      <Section title="Timelock">
        <p>This deployment names no timelock. Its admin acts at once, and nothing is scheduled.</p>
        <p className="button-row">
          <a className="button" href={href("/govern/admit")}>
            Admit a currency
          </a>
        </p>
      </Section>
    );
  }
  return (
    <>
      <Section
        title="Timelock"
        about="A proposer schedules a call. A canceller can cancel it. Once its delay is over, anyone can execute it, at any time. The timelock's own roles and its delay change only in this way."
        actions={
          <>
            <a className="button" href={href("/govern/admit")}>
              Admit a currency
            </a>
            <a className="button" href={href("/govern/propose")}>
              Propose a call
            </a>
          </>
        }
      >
        <QueryResult of={query} lines={6}>
          {({ data }) => <TimelockRoles of={data} />}
        </QueryResult>
      </Section>
      <Section title="Scheduled calls">
        <PagedList of={governanceOperations} lines={8}>
          {(rows) =>
            rows.length === 0 ? (
              <p className="quiet">Nothing was ever scheduled.</p>
            ) : (
              <ul className="operations">
                {rows.map((each) => (
                  <Operation key={each.id} of={each} />
                ))}
              </ul>
            )
          }
        </PagedList>
      </Section>
    </>
  );
}

function TimelockRoles({ of }: { of: Schemas["Governance"] }) {
  return (
    <Facts>
      <Fact name="Timelock">
        <AccountLink address={of.timelock} />
      </Fact>
      <Fact name="Minimum delay">{of.minDelay === null ? "not set" : periodText(BigInt(of.minDelay))}</Fact>
      <Fact name="Proposers">
        <Accounts of={of.proposers} />
      </Fact>
      <Fact name="Cancellers">
        <Accounts of={of.cancellers} />
      </Fact>
      <Fact name="Executors">{of.anyoneExecutes ? "anyone" : <Accounts of={of.executors} />}</Fact>
      <Fact name="Admins of the roles">
        <Accounts of={of.roleAdmins} />
        <Detail>
          {of.roleAdmins.every((each) => each === of.timelock)
            ? "only the timelock itself"
            : "an account beside the timelock can change all roles without a delay"}
        </Detail>
      </Fact>
    </Facts>
  );
}

function Accounts({ of }: { of: readonly string[] }) {
  if (of.length === 0) return <>nobody</>;
  return (
    <>
      {of.map((address, i) => (
        <span key={address}>
          {i > 0 && ", "}
          <AccountLink address={address} />
        </span>
      ))}
    </>
  );
}

function Operation({ of }: { of: Schemas["GovernanceOperation"] }) {
  const isOpen = of.state === "waiting" || of.state === "ready";
  return (
    <li className="operation">
      <p>
        <strong>{STATES[of.state]}</strong>
        {of.state === "waiting" && (
          <>
            {" "}
            until <When at={Number(of.readyAt)} />
          </>
        )}
        {of.blocked && isOpen && <>, and only after another operation that is not executed</>}
        {of.calls.length > 1 && <> · {pluralize(of.calls.length, "call")} together</>}
      </p>
      <OperationCalls of={of} />
      <p className="quiet">
        Scheduled <When at={of.scheduled.timestamp} block={of.scheduled.blockNumber} />
        <ScheduledBy operation={of.operation} isNewest={isOpen} />. Operation <code>{of.operation}</code>
      </p>
      {isOpen && (
        <p className="button-row">
          <a className="button" href={href(`/govern/execute/${of.operation}`)}>
            Execute
          </a>
          <a className="button" href={href(`/govern/cancel/${of.operation}`)}>
            Cancel
          </a>
        </p>
      )}
    </li>
  );
}

const STATES: Readonly<Record<Schemas["GovernanceOperation"]["state"], string>> = {
  waiting: "Waiting",
  ready: "Anyone can execute this now",
  executed: "Executed",
  cancelled: "Cancelled",
};

/** The account that scheduled an operation, which the API reads from the transaction. */
function ScheduledBy({ operation, isNewest }: { operation: string; isNewest: boolean }) {
  const { data } = useQuery({ ...governanceOperation(operation), enabled: isNewest });
  const observed = data?.data.observed;
  if (!observed) return null;
  return (
    <>
      {" "}
      by{" "}
      {observed.scheduledBy ? (
        <AccountLink address={observed.scheduledBy} />
      ) : (
        <>
          {observed.to ? <AccountLink address={observed.to} /> : "a new contract"}, in a transaction of{" "}
          <AccountLink address={observed.sentBy} />
        </>
      )}{" "}
      (observed)
    </>
  );
}
