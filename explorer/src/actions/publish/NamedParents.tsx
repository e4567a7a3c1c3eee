import { useState } from "react";
import { plainText } from "../../format/plainText.ts";
import { KindIcon } from "../../parts/Kind.tsx";
import { assetLabel } from "../../parts/links.tsx";
import { Section } from "../../parts/frame/Page.tsx";
import { TextField } from "../Field.tsx";
import type { BuiltFrom } from "./draft.ts";
import { isDecided, type NamedParent } from "./parents.ts";

interface NamedParentsProps {
  parents: readonly NamedParent[];
  rows: readonly BuiltFrom[];
  onChoose: (name: string, release: number) => void;
  onLeaveOut: (name: string, leftOut: boolean) => void;
}

/** The names in an uploaded file of what the asset was built from, each with its decision. */
export function NamedParents({ parents, rows, onChoose, onLeaveOut }: NamedParentsProps) {
  return (
    <Section
      title="Named in the file"
      about="Each name must be a release here, or be left out, before you can sign. What a release was built from can never be changed."
    >
      <ul className="parents" aria-label="Names in the file">
        {parents.map((parent) => (
          <li key={parent.name} aria-label={plainText(parent.name, 60)}>
            <Parent parent={parent} decided={isDecided(parent, rows)} onChoose={onChoose} onLeaveOut={onLeaveOut} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

interface ParentProps extends Pick<NamedParentsProps, "onChoose" | "onLeaveOut"> {
  parent: NamedParent;
  decided: boolean;
}

function Parent({ parent, decided, onChoose, onLeaveOut }: ParentProps) {
  const { name, found, searchFailed, release, by, leftOut } = parent;
  const label = plainText(name, 60);
  const title = (
    <b>
      <bdi>{label}</bdi>
    </b>
  );
  if (leftOut) {
    return (
      <p>
        {title} is left out.{" "}
        <button type="button" onClick={() => onLeaveOut(name, false)} aria-label={`Decide again about ${label}`}>
          Decide again
        </button>
      </p>
    );
  }
  if (decided) {
    return (
      <p>
        {title} is release #{release} ({by}).
      </p>
    );
  }
  if (!found && !searchFailed) return <p role="status">Looking for {title}…</p>;
  const suggestions = found?.suggestions ?? [];
  return (
    <>
      <p>
        {title}:{" "}
        {searchFailed
          ? "the search failed."
          : suggestions.length > 0
            ? "no asset is certain to be it. Choose one, or leave it out."
            : "no asset here is like it. Give a release, or leave it out."}
      </p>
      <ul className="picks" aria-label={`Suggestions for ${label}`}>
        {suggestions.map(({ value, difference }) => (
          <li key={value.id}>
            <button type="button" onClick={() => onChoose(name, value.release)}>
              <KindIcon of={value.kind} />
              <bdi>{assetLabel(value.id, value.name)}</bdi> #{value.release} (
              {difference === "none" ? "the same name" : `differs in ${difference}`})
            </button>
          </li>
        ))}
        <li>
          <button type="button" onClick={() => onLeaveOut(name, true)}>
            Leave out <bdi>{label}</bdi>
          </button>
        </li>
      </ul>
      <OtherRelease label={label} onChoose={(id) => onChoose(name, id)} />
    </>
  );
}

function OtherRelease({ label, onChoose }: { label: string; onChoose: (release: number) => void }) {
  const [text, setText] = useState("");
  const id = Number(text.trim().replace(/^#/, ""));
  const isId = Number.isSafeInteger(id) && id > 0;
  return (
    <div className="fields">
      <TextField
        label={`Another release for ${label}`}
        inputMode="numeric"
        placeholder="#3"
        maxLength={16}
        value={text}
        onChange={setText}
      />
      <button type="button" disabled={!isId} onClick={() => onChoose(id)}>
        Use this release
      </button>
    </div>
  );
}
