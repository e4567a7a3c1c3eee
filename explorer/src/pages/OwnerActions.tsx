import type { ReactNode } from "react";
import type { Schemas } from "../api/client.ts";
import { href } from "../router.ts";

/** Links to the actions of an asset's owner. Other readers do not see them. */
export function AssetOwnerActions({ of: { id, kind } }: { of: Pick<Schemas["Asset"], "id" | "kind"> }) {
  return (
    <OwnerActions about="You own this asset">
      <ActionLink to={`/publish/${id}`}>Publish a release</ActionLink>
      <ActionLink to={`/metadata/${id}`}>Replace the metadata</ActionLink>
      {kind === "agent" && <ActionLink to={`/identity/${id}`}>Bind an identity</ActionLink>}
      <ActionLink to={`/transfer-asset/${id}`}>Transfer the asset</ActionLink>
    </OwnerActions>
  );
}

/** Links to the actions on a release that only the owner of its asset has. */
export function ReleaseOwnerActions({ of }: { of: Pick<Schemas["Release"], "id" | "asset" | "byGrant" | "retired"> }) {
  const { id, asset, byGrant, retired } = of;
  return (
    <OwnerActions about="You own its asset">
      {byGrant && <ActionLink to={`/grant/${id}`}>Manage grants</ActionLink>}
      <ActionLink to={`/retire/${id}`}>{retired ? "Restore" : "Retire"}</ActionLink>
      <ActionLink to={`/publish/${asset}`}>Publish a release</ActionLink>
    </OwnerActions>
  );
}

/** Links to the actions that only an account itself has for its credit. */
export function AccountActions() {
  return (
    <OwnerActions about="This is your account">
      <ActionLink to="/deposit">Deposit credit</ActionLink>
      <ActionLink to="/withdraw">Withdraw credit</ActionLink>
    </OwnerActions>
  );
}

function OwnerActions({ about, children }: { about: string; children: ReactNode }) {
  return (
    <div className="owner-actions" role="group" aria-label={about}>
      <p>{about}.</p>
      <p className="button-row">{children}</p>
    </div>
  );
}

const ActionLink = ({ to, children }: { to: string; children: ReactNode }) => (
  <a className="button" href={href(to)}>
    {children}
  </a>
);
