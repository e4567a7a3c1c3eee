import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { Schemas } from "../api/client.ts";
import { asset, release } from "../api/questions.ts";
import { Answer } from "../parts/Answer.tsx";
import { AssetLink, assetLabel, ReleaseLink } from "../parts/links.tsx";
import { Page } from "../parts/Page.tsx";

interface OfProps<T> {
  /** Its number, as the page's address has it. */
  param: string;
  title: (name: string, of: T) => string;
  lead?: string;
  /** How high what is awaited will be about. */
  lines?: number;
  children: (of: T) => ReactNode;
}

/** A page on which something can be done with a release. */
export function OfRelease({ param, title, lead, lines = 8, children }: OfProps<Schemas["Release"]>) {
  return (
    <Answer of={useQuery(release(Number(param)))} lines={lines}>
      {({ data }) => (
        <Page
          key={data.id}
          title={title(assetLabel(data.asset, data.assetName), data)}
          eyebrow={<ReleaseLink id={data.id} assetName={data.assetName} label={data.label} />}
          lead={lead}
        >
          {children(data)}
        </Page>
      )}
    </Answer>
  );
}

/** A page on which something can be done with an asset. */
export function OfAsset({ param, title, lead, lines = 8, children }: OfProps<Schemas["Asset"]>) {
  return (
    <Answer of={useQuery(asset(Number(param)))} lines={lines}>
      {({ data }) => (
        <Page
          key={data.id}
          title={title(assetLabel(data.id, data.name), data)}
          eyebrow={<AssetLink id={data.id} name={data.name} kind={data.kind} />}
          lead={lead}
        >
          {children(data)}
        </Page>
      )}
    </Answer>
  );
}
