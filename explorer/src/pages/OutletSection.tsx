import { useQuery } from "@tanstack/react-query";
import { account } from "../api/questions.ts";
import { AccountLink, ReleaseLink } from "../parts/links.tsx";
import { Section } from "../parts/frame/Page.tsx";
import { href } from "../router.ts";

/** Tells an inlet and an outlet apart from an account, and shows the outlet that an account has. */
export function OutletSection({ address }: { address: string }) {
  const query = useQuery(account(address));
  // Null, or left out by an older service.
  const { inletOf, outletFor, outlet } = query.data?.data ?? {};
  if (inletOf != null) {
    return (
      <Section title="Inlet">
        <p>
          This address is the inlet of <ReleaseLink id={inletOf} />. What is sent to it becomes a fee of that release,
          and so does what its shares earn. It is named as payer of these fees; who sent the money is in the currency's
          own transfers.
        </p>
        <p>
          <a href={href(`/sync/${inletOf}`)}>Sync the inlet</a>
        </p>
      </Section>
    );
  }
  const owner = outletFor ?? (outlet != null ? address : undefined);
  if (owner === undefined) return null;
  return (
    <Section
      title="Outlet"
      about="An outlet holds shares for one account that never calls the ledger. Anyone can pass on what it earns and gets, to that account and nowhere else. It pays no fees."
    >
      {outletFor != null ? (
        <p>
          This address is the outlet of <AccountLink address={outletFor} />. Everything that it earns goes there.
        </p>
      ) : (
        <p>
          This account has an outlet, which holds shares for it: <AccountLink address={outlet ?? ""} />
        </p>
      )}
      <p>
        <a href={href(`/pass/${owner}`)}>Pass on</a>
      </p>
    </Section>
  );
}
