import { lazy, Suspense } from "react";
import { href, useHash, useRoute } from "../../router.ts";
import { isUnderWay, jobs, useJobs } from "../../wallet/jobs.ts";
import { useLastAccount } from "../../wallet/lastAccount.ts";
import { shortAddress } from "../shortAddress.ts";

/** Loaded on demand: the wallet code is large, and only readers with a wallet need it. */
const ReconnectWallet = lazy(() =>
  import("../../actions/ReconnectWallet.tsx").then(({ ReconnectWallet: component }) => ({ default: component })),
);

/** Link to the wallet's page, which is on every page. */
export function WalletLink() {
  const account = useLastAccount();
  const { path } = useRoute();
  const pending = useJobs().some(isUnderWay);
  return (
    <>
      <a className="button wallet" href={href("/wallet")} aria-current={path[0] === "wallet" ? "page" : undefined}>
        {account === undefined ? "Connect wallet" : shortAddress(account)}
      </a>
      {(account !== undefined || pending) && (
        <Suspense>
          <ReconnectWallet />
        </Suspense>
      )}
    </>
  );
}

/** Notices about the jobs that were started on other pages. */
export function JobNotices() {
  const hash = useHash();
  const otherJobs = useJobs().filter(({ where }) => where !== hash);
  return (
    <div className="under-way" role="status">
      {otherJobs.map((job) => (
        <p key={job.id} className={job.phase === "stopped" ? "note warn" : "note"}>
          <span>
            <a href={job.where}>{job.title}</a>:{" "}
            {job.phase === "done" ? (job.outcomes[0]?.says ?? "done.") : `${job.says.replace(/\.$/, "")}.`}
          </span>
          {!isUnderWay(job) && (
            <button type="button" onClick={() => jobs.forget(job.id)}>
              Close
            </button>
          )}
        </p>
      ))}
    </div>
  );
}
