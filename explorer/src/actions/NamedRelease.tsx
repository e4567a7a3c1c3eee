import { useQuery } from "@tanstack/react-query";
import { release } from "../api/questions.ts";
import { ReleaseLink } from "../parts/links.tsx";

/** A release of which only the number is known. */
export function NamedRelease({ id }: { id: number }) {
  const { data } = useQuery(release(id));
  return <ReleaseLink id={id} assetName={data?.data.assetName ?? null} {...(data && { label: data.data.label })} />;
}
