import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { parsePercent } from "#client/parsing/parsePercent.ts";
import { assets, release } from "../../api/questions.ts";
import { formatPpm } from "../../format/amount.ts";
import { plainText } from "../../format/plainText.ts";
import { KindIcon } from "../../parts/Kind.tsx";
import { assetLabel } from "../../parts/links.tsx";
import { Section } from "../../parts/frame/Page.tsx";
import type { OnChain } from "../../wallet/onChain.ts";
import { type BuiltFrom, type DraftForm, readGrant } from "./draft.ts";
import { CheckField, FileField, read, TextField } from "../Field.tsx";

interface DraftFieldsProps {
  on: OnChain;
  value: DraftForm;
  onChange: (change: Partial<DraftForm>) => void;
}

/** Fields for the contributions and the terms of a release. */
export function DraftFields({ on, value, onChange }: DraftFieldsProps) {
  const { builtFrom } = value;
  const change = (key: number, changes: Partial<BuiltFrom>) =>
    onChange({ builtFrom: builtFrom.map((row) => (row.key === key ? { ...row, ...changes } : row)) });
  const add = (id: string) =>
    onChange({ builtFrom: [...builtFrom, { key: nextKey(builtFrom), release: id, percent: "" }] });
  return (
    <>
      <Section
        title="Built from"
        about="Earlier releases, each with its weight: the part that it gets of everything that this release receives. This cannot be changed later."
      >
        {builtFrom.length > 0 && (
          <ul className="rows">
            {builtFrom.map((row, i) => (
              <BuiltFromRow
                key={row.key}
                row={row}
                number={i + 1}
                onChange={(changes) => change(row.key, changes)}
                onRemove={() => onChange({ builtFrom: builtFrom.filter(({ key }) => key !== row.key) })}
              />
            ))}
          </ul>
        )}
        <ReleaseSearch onSelect={add} />
        <button type="button" onClick={() => add("")}>
          Add a release by its id, such as #3
        </button>
      </Section>
      <Section title="Terms of the release">
        <div className="fields">
          <TextField
            label="Version"
            placeholder="1.0"
            maxLength={200}
            value={value.label}
            onChange={(label) => onChange({ label })}
          />
          <TextField
            label="Content URL"
            placeholder="https://…"
            inputMode="url"
            grow
            value={value.uri}
            onChange={(uri) => onChange({ uri })}
          />
          <TextField
            label="Floor, in %"
            inputMode="decimal"
            placeholder="0"
            hint="At least this part of every fee paid into a release built on this one, directly or further on, must reach this one. Usually a few per cent."
            value={value.floor}
            error={read(value.floor, (text) => parsePercent(text, "The floor")).error}
            onChange={(floor) => onChange({ floor })}
          />
        </div>
        <CheckField
          label="Others need a grant to build on it"
          value={value.byGrant}
          onChange={(byGrant) => onChange({ byGrant })}
        />
        <Grants on={on} value={value} onChange={onChange} />
      </Section>
    </>
  );
}

export const nextKey = (rows: readonly { key: number }[]): number => Math.max(0, ...rows.map(({ key }) => key)) + 1;

interface BuiltFromRowProps {
  row: BuiltFrom;
  number: number;
  onChange: (changes: Partial<BuiltFrom>) => void;
  onRemove: () => void;
}

function BuiltFromRow({ row, number, onChange, onRemove }: BuiltFromRowProps) {
  const id = Number(row.release.trim().replace(/^#/, ""));
  const isId = Number.isSafeInteger(id) && id > 0;
  const { data, error } = useQuery({ ...release(id), enabled: isId });
  const ancestor = isId ? data?.data : undefined;
  const terms =
    ancestor &&
    [
      ancestor.retired ? "retired" : ancestor.byGrant ? "needs a grant" : "",
      ancestor.floorPpm > 0 ? `floor ${formatPpm(ancestor.floorPpm)}` : "",
    ]
      .filter(Boolean)
      .join(", ");
  return (
    <li>
      <TextField
        label={`Release ${number}`}
        inputMode="numeric"
        maxLength={16}
        value={row.release}
        onChange={(text) => onChange({ release: text })}
        hint={
          ancestor && (
            <>
              <bdi>{assetLabel(ancestor.asset, ancestor.assetName)}</bdi>
              {ancestor.label && (
                <>
                  , version <bdi>{plainText(ancestor.label, 32)}</bdi>
                </>
              )}
              {terms && ` (${terms})`}
            </>
          )
        }
        error={
          row.release !== "" && (!isId || error) ? `There is no release ${plainText(row.release, 16)}.` : undefined
        }
      />
      <TextField
        label="Weight, in %"
        inputMode="decimal"
        maxLength={12}
        value={row.percent}
        onChange={(percent) => onChange({ percent })}
        error={read(row.percent, (text) => parsePercent(text, "The weight")).error}
      />
      <button type="button" onClick={onRemove} aria-label={`Remove release ${number}`}>
        Remove
      </button>
    </li>
  );
}

const MOST_RESULTS = 6;

/** Search for an asset by its name, which selects its newest release. */
function ReleaseSearch({ onSelect }: { onSelect: (release: string) => void }) {
  const [search, setSearch] = useState("");
  const term = search.trim();
  const { data } = useQuery({
    queryKey: ["find", term],
    queryFn: ({ signal }) => assets({ search: term, limit: MOST_RESULTS }).read({}, signal),
    enabled: term.length > 1,
    placeholderData: (before) => before,
  });
  const rows = term.length > 1 ? (data?.data ?? []) : [];
  return (
    <>
      <div className="fields">
        <TextField
          label="Find an asset by name"
          maxLength={200}
          value={search}
          onChange={setSearch}
          hint={term.length > 1 && data?.data.length === 0 ? "No asset matches." : undefined}
        />
      </div>
      <ul className="picks" aria-label="Search results">
        {rows.map(({ id, name, kind, releases }) => (
          <li key={id}>
            <button
              type="button"
              disabled={releases.length === 0}
              onClick={() => {
                onSelect(String(releases.at(-1)));
                setSearch("");
              }}
            >
              <KindIcon of={kind} />
              <bdi>{assetLabel(id, name)}</bdi> #{releases.at(-1)}
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

/** Signed grants, for ancestors that need a grant. */
function Grants({ on, value: { grants }, onChange }: DraftFieldsProps) {
  const [error, setError] = useState<string>();
  return (
    <>
      <FileField
        label="Signed grants, for releases above that need one"
        accept=".json,application/json"
        error={error}
        onFile={(text, name) => {
          const { value: grant, error: fault } = read(text || " .", (content) => readGrant(content, name, on));
          setError(fault);
          if (grant) onChange({ grants: [...grants.filter((each) => each.signature !== grant.signature), grant] });
        }}
      />
      {grants.length > 0 && (
        <ul className="picks" aria-label="Grants">
          {grants.map(({ grant: { release: of, deadline }, signature }) => (
            <li key={signature}>
              <button
                type="button"
                onClick={() => onChange({ grants: grants.filter((each) => each.signature !== signature) })}
              >
                Grant for release {of}, valid until {new Date(Number(deadline) * 1_000).toLocaleDateString()} ✕
              </button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
