import { lazy, Suspense } from "react";
import { href, useHash, useRoute } from "../../router.ts";
import { isUnderWay, jobs, useJobs } from "../../wallet/jobs.ts";
import { useKnownAccount } from "../../wallet/known.ts";
import { shortAddress } from "../shortAddress.ts";

/** The code that talks to wallets is large, and only for those who have one. */
const ReconnectWallet = lazy(() =>
  import("../../actions/ReconnectWallet.tsx").then(({ ReconnectWallet: component }) => ({ default: component })),
);

/** The way to the wallet, from every page; and what is under way while one is elsewhere. */
export function WalletLink() {
  const account = useKnownAccount();
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

/** What was begun on another page, and goes on. */
export function UnderWay() {
  const here = useHash();
  const elsewhere = useJobs().filter(({ where }) => where !== here);
  return (
    <div className="under-way" role="status">
      {elsewhere.map((job) => (
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
