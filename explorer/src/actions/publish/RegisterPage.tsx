import { useRef, useState } from "react";
import { metadataText } from "#client/acts/building/metadata.ts";
import { register } from "#client/acts/building/register.ts";
import { type AllocationRow, readAllocations } from "#client/parsing/allocations.ts";
import { parsePercent } from "#client/parsing/parsePercent.ts";
import type { AssetDescription } from "#client/parsing/readUpload.ts";
import { KINDS, type Kind, type Role, ROLES } from "#protocol/kinds.ts";
import { truncate } from "#protocol/texts/truncate.ts";
import { plainText } from "../../format/plainText.ts";
import { Page, Section } from "../../parts/frame/Page.tsx";
import { useRoute } from "../../router.ts";
import type { OnChain } from "../../wallet/onChain.ts";
import { useWallet } from "../../wallet/useWallet.ts";
import { AddressField } from "../AddressField.tsx";
import { ReviewAndSend } from "../ReviewAndSend.tsx";
import { Ancestors } from "./Ancestors.tsx";
import { DraftFields, nextKey } from "./DraftFields.tsx";
import { type DraftForm, EMPTY_DRAFT, readDraft } from "./draft.ts";
import { RequireDeployment } from "../RequireDeployment.tsx";
import { attempt, ChoiceField, TextField } from "../Field.tsx";
import { NamedParents } from "./NamedParents.tsx";
import {
  decisionOf,
  isDecided,
  type NamedParent,
  parentNotes,
  suggestedPercent,
  withoutParents,
  withRelease,
} from "./parents.ts";
import { Upload } from "./Upload.tsx";

export function RegisterPage() {
  return (
    <Page
      title="Register an asset"
      lead="Register a dataset, a model or an agent with its first release. The contributors that you name share its income."
    >
      <RequireDeployment lines={12}>{(on) => <RegisterForm on={on} />}</RequireDeployment>
    </Page>
  );
}

/** A row of the form: an account, its part of the income, and its role. */
interface ShareRow extends AllocationRow {
  key: number;
  role: Role;
}

interface AssetForm {
  name: string;
  kind: Kind;
  organization: string;
  description: string;
  keep: string;
  /** The text of an uploaded metadata file, from which the fields above were read. */
  metadata: string | undefined;
}

function RegisterForm({ on }: { on: OnChain }) {
  const { query } = useRoute();
  const wallet = useWallet(on);
  const own = "account" in wallet ? wallet.account : "";
  const [asset, setAsset] = useState<AssetForm>({
    name: "",
    kind: "model",
    organization: "",
    description: "",
    keep: "",
    metadata: undefined,
  });
  const [draft, setDraft] = useState<DraftForm>(() => {
    const from = query.get("from");
    return from === null ? EMPTY_DRAFT : { ...EMPTY_DRAFT, builtFrom: [{ key: 1, release: from, percent: "" }] };
  });
  const [rows, setRows] = useState<readonly ShareRow[]>([{ key: 1, account: "", role: "other", percent: "100" }]);
  /** The names that the uploaded file gives as built from. */
  const [parents, setParents] = useState<readonly NamedParent[]>([]);
  const upload = useRef(0);
  // Default contributor: the account that signs.
  const shares = rows.map((row, i) => (i === 0 && row.account === "" ? { ...row, account: own } : row));
  const change = (changes: Partial<AssetForm>) => setAsset({ ...asset, metadata: undefined, ...changes });
  const fill = async (description: AssetDescription) => {
    const names = [...new Set(description.builtFrom)];
    const current = ++upload.current;
    setAsset({ ...asset, ...description, kind: description.kind ?? asset.kind });
    setDraft((before) => ({ ...before, builtFrom: withoutParents(before.builtFrom, parents) }));
    setParents(names.map((name) => ({ name, found: undefined })));
    const percent = suggestedPercent(names.length);
    await Promise.all(
      names.map(async (name) => {
        // Loaded when a file names something: its tables are large.
        const found = await import("./findParent.ts")
          .then(({ findParent }) => findParent(name, new AbortController().signal))
          .catch(() => undefined);
        if (current !== upload.current) return;
        const exact = found?.exact?.release;
        setParents((all) =>
          all.map((each) => {
            if (each.name !== name || each.release !== undefined || each.leftOut) return each;
            const matched = exact === undefined ? {} : { release: exact, by: "matched" as const };
            return { ...each, found, searchFailed: !found, ...matched };
          }),
        );
        if (exact === undefined) return;
        setDraft((before) => ({ ...before, builtFrom: withRelease(before.builtFrom, exact, percent) }));
      }),
    );
  };
  const changeParent = (name: string, changes: Partial<NamedParent>) =>
    setParents(parents.map((each) => (each.name === name ? { ...each, ...changes } : each)));
  const chooseParent = (name: string, chosen: number) => {
    changeParent(name, { release: chosen, by: "chosen" });
    const percent = suggestedPercent(parents.length);
    setDraft({ ...draft, builtFrom: withRelease(draft.builtFrom, chosen, percent) });
  };
  const undecided = parents.filter((parent) => !isDecided(parent, draft.builtFrom));
  const release = attempt(() => readDraft(draft));
  const keep = attempt(() => parsePercent(asset.keep, "The keep"));
  const allocations = attempt(() => readAllocations(shares));
  const inputs = {
    asset,
    parents: parents.map(decisionOf),
    draft: { ...draft, grants: draft.grants.map(({ signature }) => signature) },
    shares,
  };
  const faults = [
    asset.name.trim() === "" ? "Enter a name." : undefined,
    undecided.length > 0
      ? `Decide first what the file means by ${undecided.map(({ name }) => `“${plainText(name, 60)}”`).join(", ")}, or leave it out.`
      : undefined,
    release.error,
    keep.error,
    wallet.state === "ready" ? allocations.error : undefined,
  ].filter((fault) => fault !== undefined);
  return (
    <form aria-label="Asset" onSubmit={(event) => event.preventDefault()}>
      <Upload onRead={(description) => void fill(description)} />
      {parents.length > 0 && (
        <NamedParents
          parents={parents}
          rows={draft.builtFrom}
          onChoose={chooseParent}
          onLeaveOut={(name, leftOut) => changeParent(name, { leftOut })}
        />
      )}
      {parents.some(({ release: chosen }) => chosen !== undefined) && (
        <p className="note warn" role="status">
          The weights are only a suggestion: check them, they cannot be changed later.
        </p>
      )}
      <Section title="Asset">
        <div className="fields">
          <TextField label="Name" grow maxLength={200} value={asset.name} onChange={(name) => change({ name })} />
          <ChoiceField
            label="Kind"
            value={asset.kind}
            options={KINDS.map((kind) => [kind, kind] as const)}
            onChange={(kind) => change({ kind })}
          />
          <TextField
            label="Organization"
            grow
            maxLength={200}
            value={asset.organization}
            onChange={(organization) => change({ organization })}
          />
          <TextField
            label="Description"
            grow
            lines={3}
            value={asset.description}
            onChange={(description) => change({ description })}
          />
          <TextField
            label="Keep, in %"
            inputMode="decimal"
            placeholder="0"
            hint="A promise to the shareholders: every release of this asset keeps at least this part of what it receives. Cannot be changed later."
            value={asset.keep}
            error={keep.error}
            onChange={(text) => setAsset({ ...asset, keep: text })}
          />
        </div>
        {asset.metadata !== undefined && (
          <details>
            <summary>Metadata to be recorded, byte by byte as in the file</summary>
            <pre className="recorded">
              <bdi>{truncate(asset.metadata, 9_000)}</bdi>
            </pre>
          </details>
        )}
      </Section>
      <Shares on={on} rows={shares} onChange={setRows} error={own === "" ? undefined : allocations.error} />
      <DraftFields on={on} value={draft} onChange={(changed) => setDraft({ ...draft, ...changed })} />
      {release.value && keep.value !== undefined && (
        <Ancestors on={on} contributions={release.value.contributions} keep={keep.value} floor={release.value.floor} />
      )}
      <Section title="Register">
        <ReviewAndSend
          on={on}
          about="register"
          label="Register"
          inputs={[inputs]}
          missing={faults.join(" ")}
          plan={
            faults.length > 0
              ? undefined
              : async (account) => {
                  const plan = await register(on.chain, account, {
                    owner: account,
                    kind: asset.kind,
                    name: asset.name,
                    metadata: asset.metadata ?? metadataText(asset),
                    keep: parsePercent(asset.keep, "The keep"),
                    allocations: readAllocations(shares),
                    release: readDraft(draft),
                    grants: draft.grants,
                  });
                  const decisions = parentNotes(parents, (name) => plainText(name, 60));
                  return {
                    ...plan,
                    notes: [...(plan.notes ?? []), ...decisions.notes],
                    warnings: [...(plan.warnings ?? []), ...decisions.warnings],
                  };
                }
          }
        />
      </Section>
    </form>
  );
}

interface SharesProps {
  on: OnChain;
  rows: readonly ShareRow[];
  onChange: (rows: readonly ShareRow[]) => void;
  error: string | undefined;
}

/** Fields for the accounts that share the income, with their roles and shares. */
function Shares({ on, rows, onChange, error }: SharesProps) {
  const change = (key: number, changes: Partial<ShareRow>) =>
    onChange(rows.map((row) => (row.key === key ? { ...row, ...changes } : row)));
  return (
    <Section
      title="Contributors"
      about="The accounts that share the income, each with its role and its shares. The shares must add up to 100 %."
    >
      <ul className="rows">
        {rows.map((row, i) => (
          <li key={row.key}>
            <AddressField
              on={on}
              label={`Contributor ${i + 1}`}
              what={`Contributor ${i + 1}`}
              purpose="shares"
              value={row.account}
              onChange={(account) => change(row.key, { account })}
            />
            <ChoiceField
              label="Role"
              value={row.role}
              options={ROLES.map((role) => [role, role] as const)}
              onChange={(role) => change(row.key, { role })}
            />
            <TextField
              label="Shares, in %"
              inputMode="decimal"
              maxLength={12}
              value={row.percent}
              onChange={(percent) => change(row.key, { percent })}
            />
            {rows.length > 1 && (
              <button
                type="button"
                aria-label={`Remove contributor ${i + 1}`}
                onClick={() => onChange(rows.filter(({ key }) => key !== row.key))}
              >
                Remove
              </button>
            )}
          </li>
        ))}
      </ul>
      {error && (
        <p className="error" role="status">
          {error}
        </p>
      )}
      <button
        type="button"
        onClick={() => onChange([...rows, { key: nextKey(rows), account: "", role: "data", percent: "" }])}
      >
        Add a contributor
      </button>
    </Section>
  );
}
