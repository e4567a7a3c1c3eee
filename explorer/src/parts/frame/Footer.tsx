import { useQuery } from "@tanstack/react-query";
import { apiUrl } from "../../api/client.ts";
import { useLive } from "../../api/live.ts";
import { health } from "../../api/questions.ts";
import { pluralize, formatCount } from "../../format/amount.ts";
import { href } from "../../router.ts";
import { When } from "../figures/When.tsx";
import { indexerStatus, type SignalState } from "./indexerStatus.ts";

/** State of the data: their block, its distance from the head of the chain, and the last verification. */
export function Footer() {
  const { data, error, dataUpdatedAt } = useQuery(health);
  const { connection } = useLive();
  const status = indexerStatus(data, error !== null || (data !== undefined && connection === "lost"), dataUpdatedAt);
  return (
    <footer className="site-foot">
      <div className="inner">
        <p role="status">
          <Signal state={status.state}>{status.text}</Signal>
        </p>
        {data?.block && (
          <p>
            Block {formatCount(Number(data.block.number))}, <When at={data.block.timestamp} /> · chain {data.chainId}
          </p>
        )}
        <p>{data && <VerificationStatus of={data.verification} />}</p>
        <p className="links">
          <a href={href("/governance")}>Governance</a> · <a href={apiUrl("/docs")}>API</a>
        </p>
      </div>
    </footer>
  );
}

const SIGNS: Record<SignalState, string> = { good: "✓", waiting: "…", bad: "!" };

function Signal({ state, children }: { state: SignalState; children: React.ReactNode }) {
  return (
    <span className={`signal ${state}`}>
      <span className="sign" aria-hidden="true">
        {SIGNS[state]}
      </span>
      {children}
    </span>
  );
}

interface VerificationStatusProps {
  of: { block: { number: string }; compared: number; logs: number; differing: number; sampled: boolean } | null;
}

/** Result of the last verification: the comparison of the index with the contracts. */
export function VerificationStatus({ of }: VerificationStatusProps) {
  if (!of) return <>Data not compared with the contracts yet</>;
  const { block, compared, logs, differing, sampled } = of;
  const answers = `${pluralize(compared, `${sampled ? "sampled " : ""}answer`)} of the contracts`;
  const scope = `${answers} and ${pluralize(logs, "log")}`;
  const place = `at block ${formatCount(Number(block.number))}`;
  if (differing === 0) {
    return (
      <Signal state="good">
        Verified {place}: {scope} agree
      </Signal>
    );
  }
  return (
    <Signal state="bad">
      Verification failed {place}: {formatCount(differing)} of {scope} {differing === 1 ? "differs" : "differ"}. Do not
      rely on the figures of this page.
    </Signal>
  );
}
