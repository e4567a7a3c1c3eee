import { useQuery } from "@tanstack/react-query";
import type { ComponentProps, ReactNode } from "react";
import type { Schemas } from "../api/client.ts";
import { asset, release } from "../api/questions.ts";
import { QueryResult } from "../parts/QueryResult.tsx";
import { AssetLink, ReleaseLink } from "../parts/links.tsx";
import { Page } from "../parts/frame/Page.tsx";

interface ActionPageProps<T> {
  /** The id in the page's address. */
  param: string;
  title: (of: T) => string;
  lead?: string;
  /** Number of lines of the placeholder while the subject is loaded. Default: 8. */
  lines?: number;
  children: (of: T) => ReactNode;
}

/** Page for an action on a release. */
export function ReleaseActionPage({ param, ...props }: ActionPageProps<Schemas["Release"]>) {
  return (
    <ActionPage
      {...props}
      answer={useQuery(release(Number(param)))}
      linkTo={({ id, assetName, label }) => <ReleaseLink id={id} assetName={assetName} label={label} />}
    />
  );
}

/** Page for an action on an asset. */
export function AssetActionPage({ param, ...props }: ActionPageProps<Schemas["Asset"]>) {
  return (
    <ActionPage
      {...props}
      answer={useQuery(asset(Number(param)))}
      linkTo={({ id, name, kind }) => <AssetLink id={id} name={name} kind={kind} />}
    />
  );
}

interface FrameProps<T> extends Omit<ActionPageProps<T>, "param"> {
  answer: ComponentProps<typeof QueryResult<{ data: T }>>["of"];
  linkTo: (of: T) => ReactNode;
}

function ActionPage<T extends { id: number }>(props: FrameProps<T>) {
  const { answer, linkTo, title, lead, lines = 8, children } = props;
  return (
    <QueryResult of={answer} lines={lines}>
      {({ data }) => (
        <Page key={data.id} title={title(data)} eyebrow={linkTo(data)} lead={lead}>
          {children(data)}
        </Page>
      )}
    </QueryResult>
  );
}
