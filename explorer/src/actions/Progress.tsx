import { useEffect, useRef } from "react";
import { isUnderWay, type Job, jobs, type Outcome, PHASE_NAMES } from "../wallet/jobs.ts";
import type { OnChain } from "../wallet/onChain.ts";

/** Progress and outcome of a job. */
export function Progress({ of: job, on }: { of: Job; on: OnChain }) {
  const top = useRef<HTMLHeadingElement>(null);
  useEffect(() => top.current?.focus(), []);
  const hasEnded = !isUnderWay(job);
  return (
    <section className={`progress ${job.phase}`} aria-label={job.title}>
      <h3 ref={top} tabIndex={-1}>
        {job.title}
      </h3>
      {job.steps.length > 1 && (
        <ol className="steps">
          {job.steps.map((does, i) => (
            <li key={does} className={stateOf(job, i)} aria-current={i === job.step && !hasEnded ? "step" : undefined}>
              {does}
            </li>
          ))}
        </ol>
      )}
      <p role="status">
        <span className="signal">
          <span className="sign" aria-hidden="true">
            {job.phase === "done" ? "✓" : job.phase === "stopped" ? "!" : "…"}
          </span>
          <strong>{PHASE_NAMES[job.phase]}.</strong>
        </span>{" "}
        {job.phase !== "done" && job.says}
        {/[.!?]$/.test(job.says) || job.phase === "done" ? "" : "."}
      </p>
      {job.tx?.hash && <Hash of={job.tx.hash} on={on} />}
      <Outcomes of={job.outcomes} />
      {hasEnded && (
        <button type="button" onClick={() => jobs.forget(job.id)}>
          {job.phase === "done" ? "Close" : "Try again"}
        </button>
      )}
    </section>
  );
}

const stateOf = ({ step, phase }: Job, i: number): string =>
  i < step || phase === "done" ? "past" : i === step ? "present" : "future";

function Hash({ of, on: { network } }: { of: string; on: OnChain }) {
  if (network.explorer === undefined) {
    return (
      <p className="hash">
        Transaction <code>{of}</code>
      </p>
    );
  }
  return (
    <p className="hash">
      <a href={`${network.explorer}/tx/${of}`} rel="noopener noreferrer" target="_blank">
        View transaction {of.slice(0, 10)}… on the block explorer
      </a>
    </p>
  );
}

export function Outcomes({ of }: { of: readonly Outcome[] }) {
  if (of.length === 0) return null;
  return (
    <ul className="outcomes">
      {of.map(({ says, href }) => (
        <li key={says}>{href === undefined ? says : <a href={href}>{says}</a>}</li>
      ))}
    </ul>
  );
}
