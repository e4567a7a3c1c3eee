import { useQuery } from "@tanstack/react-query";
import { release } from "../api/questions.ts";
import { ReleaseLink } from "./links.tsx";

/** Link to a release, whose name is loaded by its id. */
export function NamedRelease({ id }: { id: number }) {
  const { data } = useQuery(release(id));
  return <ReleaseLink id={id} assetName={data?.data.assetName ?? null} {...(data && { label: data.data.label })} />;
}
