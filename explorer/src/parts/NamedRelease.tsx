import { useQuery } from "@tanstack/react-query";
import { release } from "../api/questions.ts";
import { ReleaseLink } from "./links.tsx";

/** Link to a release, whose name is loaded by its id. */
export function NamedRelease({ id, byNumber = false }: { id: number; byNumber?: boolean }) {
  const { data } = useQuery(release(id));
  const { assetName = null, label = "" } = data?.data ?? {};
  return <ReleaseLink id={id} assetName={assetName} label={label} byNumber={byNumber} />;
}
