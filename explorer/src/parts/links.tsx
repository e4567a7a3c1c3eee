import type { ReactNode } from "react";
import type { KindName } from "../api/client.ts";
import { plainText } from "../format/plainText.ts";
import { href } from "../router.ts";
import { KindIcon } from "./Kind.tsx";
import { shortAddress } from "./shortAddress.ts";

/** Returns an asset's name as plain text, or its id if it has no name. */
export const assetLabel = (id: number, name: string | null): string => plainText(name ?? "") || `asset ${id}`;

interface AssetLinkProps {
  id: number;
  name: string | null;
  kind?: KindName;
}

/** Link to an asset by its name, which anyone may have written. */
export function AssetLink({ id, name, kind }: AssetLinkProps) {
  return (
    <a className="asset" href={href(`/assets/${id}`)}>
      {kind && <KindIcon of={kind} />}
      <bdi>{assetLabel(id, name)}</bdi>
    </a>
  );
}

interface ReleaseLinkProps {
  id: number;
  assetName?: string | null;
  label?: string;
  kind?: KindName;
  /** Makes only the number a link, for releases that strangers may have brought before the reader. Default: false. */
  byNumber?: boolean;
}

/** Link to a release: its asset's name, its version and its id. */
export function ReleaseLink({ id, assetName, label, kind, byNumber = false }: ReleaseLinkProps) {
  const name = plainText(assetName ?? "");
  const version = plainText(label ?? "", 32);
  const title = <bdi>{name ? `${name} ${name.endsWith(version) ? "" : version}`.trim() : "release"}</bdi>;
  const to = href(`/releases/${id}`);
  if (byNumber) {
    return (
      <>
        {title} <a href={to}>#{id}</a>
      </>
    );
  }
  return (
    <a className="release" href={to}>
      {kind && <KindIcon of={kind} />}
      {title} <span className="id">#{id}</span>
    </a>
  );
}

interface StrangersAssetProps {
  id: number;
  name: string | null;
}

/** Asset that strangers may have given to an account. Only its number is a link: its name may promise anything. */
export function StrangersAsset({ id, name }: StrangersAssetProps) {
  return (
    <>
      <bdi>{plainText(name ?? "") || "asset"}</bdi> <a href={href(`/assets/${id}`)}>#{id}</a>
    </>
  );
}

/** Link to an account. Default content: its short address. */
export function AccountLink({ address, children }: { address: string; children?: ReactNode }) {
  return (
    <a className="account" href={href(`/accounts/${address}`)} title={address}>
      {children ?? shortAddress(address)}
    </a>
  );
}

export function FeeLink({ id, children }: { id: string; children: ReactNode }) {
  return <a href={href(`/fees/${id}`)}>{children}</a>;
}
