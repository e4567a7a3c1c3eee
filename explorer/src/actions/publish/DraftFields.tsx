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

/** The fields of what a release was built from, and of its terms. */
export function DraftFields({ on, value, onChange }: DraftFieldsProps) {
  const { builtFrom } = value;
  const change = (key: number, given: Partial<BuiltFrom>) =>
    onChange({ builtFrom: builtFrom.map((row) => (row.key === key ? { ...row, ...given } : row)) });
  const add = (id: string) =>
    onChange({ builtFrom: [...builtFrom, { key: nextKey(builtFrom), release: id, percent: "" }] });
  return (
    <>
      <Section
        title="Built from"
        about="Earlier releases, and the part of everything paid for this one that goes to each. It cannot be changed afterwards."
      >
        {builtFrom.length > 0 && (
          <ul className="rows">
            {builtFrom.map((row, i) => (
              <BuiltFromRow
                key={row.key}
                row={row}
                number={i + 1}
                onChange={(given) => change(row.key, given)}
                onRemove={() => onChange({ builtFrom: builtFrom.filter(({ key }) => key !== row.key) })}
              />
            ))}
          </ul>
        )}
        <Finder onFound={add} />
        <button type="button" onClick={() => add("")}>
          Add one by its number
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
            label="Where its content is"
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
            hint="Of everything built on it, at any depth, this much must reach it. Meant to be a few per cent."
            value={value.floor}
            error={read(value.floor, (text) => parsePercent(text, "The floor")).error}
            onChange={(floor) => onChange({ floor })}
          />
        </div>
        <CheckField
          label="Others may build on it by grant only"
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
  onChange: (given: Partial<BuiltFrom>) => void;
  onRemove: () => void;
}

function BuiltFromRow({ row, number, onChange, onRemove }: BuiltFromRowProps) {
  const id = Number(row.release.trim().replace(/^#/, ""));
  const known = Number.isSafeInteger(id) && id > 0;
  const { data, error } = useQuery({ ...release(id), enabled: known });
  const found = known ? data?.data : undefined;
  const terms =
    found &&
    [
      found.retired ? "retired" : found.byGrant ? "by grant" : "",
      found.floorPpm > 0 ? `asks for ${formatPpm(found.floorPpm)} at least` : "",
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
          found && (
            <>
              <bdi>{assetLabel(found.asset, found.assetName)}</bdi> <bdi>{plainText(found.label, 32)}</bdi>
              {terms && ` (${terms})`}
            </>
          )
        }
        error={
          row.release !== "" && (!known || error) ? `There is no release ${plainText(row.release, 16)}.` : undefined
        }
      />
      <TextField
        label="Its weight, in %"
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

const MOST_FOUND = 6;

/** Finds an asset by its name, and takes its newest release. */
function Finder({ onFound }: { onFound: (release: string) => void }) {
  const [search, setSearch] = useState("");
  const wanted = search.trim();
  const { data } = useQuery({
    queryKey: ["find", wanted],
    queryFn: ({ signal }) => assets({ search: wanted, limit: MOST_FOUND }).read({}, signal),
    enabled: wanted.length > 1,
    placeholderData: (before) => before,
  });
  const rows = wanted.length > 1 ? (data?.data ?? []) : [];
  return (
    <>
      <div className="fields">
        <TextField
          label="Find an asset by its name"
          maxLength={200}
          value={search}
          onChange={setSearch}
          hint={wanted.length > 1 && data?.data.length === 0 ? "No asset has such a name." : undefined}
        />
      </div>
      <ul className="found" aria-label="Found">
        {rows.map(({ id, name, kind, releases }) => (
          <li key={id}>
            <button
              type="button"
              disabled={releases.length === 0}
              onClick={() => {
                onFound(String(releases.at(-1)));
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

/** Signed grants, for what may be built on by grant only. */
function Grants({ on, value: { grants }, onChange }: DraftFieldsProps) {
  const [error, setError] = useState<string>();
  return (
    <>
      <FileField
        label="Signed grants, if a release above needs one"
        accept=".json,application/json"
        error={error}
        onFile={(text, name) => {
          const { value: grant, error: fault } = read(text || " .", (given) => readGrant(given, name, on));
          setError(fault);
          if (grant) onChange({ grants: [...grants.filter((each) => each.signature !== grant.signature), grant] });
        }}
      />
      {grants.length > 0 && (
        <ul className="found" aria-label="Grants">
          {grants.map(({ grant: { release: of, deadline }, signature }) => (
            <li key={signature}>
              <button
                type="button"
                onClick={() => onChange({ grants: grants.filter((each) => each.signature !== signature) })}
              >
                Grant for release {of}, until {new Date(Number(deadline) * 1_000).toLocaleDateString()} ✕
              </button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
