import { useState } from "react";
import { metadataText } from "#client/acts/building/metadata.ts";
import { register } from "#client/acts/building/register.ts";
import { type AllocationRow, readAllocations } from "#client/parsing/allocations.ts";
import { parsePercent } from "#client/parsing/parsePercent.ts";
import { KINDS, type Kind, type Role, ROLES } from "#protocol/kinds.ts";
import { assets } from "../../api/questions.ts";
import { plainText } from "../../format/plainText.ts";
import { Page, Section } from "../../parts/frame/Page.tsx";
import { useRoute } from "../../router.ts";
import type { OnChain } from "../../wallet/onChain.ts";
import { useWallet } from "../../wallet/useWallet.ts";
import { ReviewAndSend } from "../ReviewAndSend.tsx";
import { Ancestors } from "./Ancestors.tsx";
import { DraftFields, nextKey } from "./DraftFields.tsx";
import { type DraftForm, EMPTY_DRAFT, readDraft } from "./draft.ts";
import { RequireDeployment } from "../RequireDeployment.tsx";
import { attempt, ChoiceField, FileField, read, TextField } from "../Field.tsx";
import { type Described, readUpload } from "./readUpload.ts";

export function RegisterPage() {
  return (
    <Page
      title="Register an asset"
      lead="A dataset, a model or an agent, with its first release. Whoever is named as a contributor shares what it earns."
    >
      <RequireDeployment lines={12}>{(on) => <RegisterForm on={on} />}</RequireDeployment>
    </Page>
  );
}

/** A row of the form: who gets which part of the income, and for what. */
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
  /** The uploaded file; the fields above are read from it. */
  metadata: string | undefined;
}

/** Passed on to what a lineage or a card names, unless one says otherwise; shared equally, as imports do. */
const UPSTREAM_PERCENT = 30;

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
  // All goes to whoever signs, unless somebody else is named.
  const shares = rows.map((row, i) => (i === 0 && row.account === "" ? { ...row, account: own } : row));
  const change = (given: Partial<AssetForm>) => setAsset({ ...asset, metadata: undefined, ...given });
  const fill = async (described: Described) => {
    setAsset({ ...asset, ...described, kind: described.kind ?? asset.kind });
    if (described.builtFrom.length > 0) {
      setDraft({ ...draft, builtFrom: await releasesOf(described.builtFrom) });
    }
  };
  const drafted = attempt(() => readDraft(draft));
  const keep = attempt(() => parsePercent(asset.keep, "The keep"));
  const allocated = attempt(() => readAllocations(shares));
  const given = { asset, draft: { ...draft, grants: draft.grants.map(({ signature }) => signature) }, shares };
  const faults = [
    asset.name.trim() === "" ? "Name the asset." : undefined,
    drafted.error,
    keep.error,
    wallet.state === "ready" ? allocated.error : undefined,
  ].filter((fault) => fault !== undefined);
  return (
    <form aria-label="The asset" onSubmit={(event) => event.preventDefault()}>
      <Upload onRead={(described) => void fill(described)} />
      <Section title="The asset">
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
            hint="A promise to the shareholders: no release of it will keep less. It cannot be changed."
            value={asset.keep}
            error={keep.error}
            onChange={(text) => setAsset({ ...asset, keep: text })}
          />
        </div>
        {asset.metadata !== undefined && (
          <details>
            <summary>What will be recorded, byte by byte as in the file</summary>
            <pre className="recorded">
              <bdi>{asset.metadata.slice(0, 9_000)}</bdi>
            </pre>
          </details>
        )}
      </Section>
      <Shares rows={shares} onChange={setRows} error={own === "" ? undefined : allocated.error} />
      <DraftFields on={on} value={draft} onChange={(changed) => setDraft({ ...draft, ...changed })} />
      {drafted.value && keep.value !== undefined && (
        <Ancestors on={on} contributions={drafted.value.contributions} keep={keep.value} floor={drafted.value.floor} />
      )}
      <Section title="Register">
        <ReviewAndSend
          on={on}
          about="register"
          label="Register"
          given={[given]}
          missing={faults.join(" ")}
          plan={
            faults.length > 0
              ? undefined
              : async (account) =>
                  register(on.chain, account, {
                    owner: account,
                    kind: asset.kind,
                    name: asset.name,
                    metadata: asset.metadata ?? metadataText(asset),
                    keep: parsePercent(asset.keep, "The keep"),
                    allocations: readAllocations(shares),
                    release: readDraft(draft),
                    grants: draft.grants,
                  })
          }
        />
      </Section>
    </form>
  );
}

/** Finds the newest releases of assets by their names, as far as there are any. */
async function releasesOf(names: readonly string[]): Promise<DraftForm["builtFrom"]> {
  const releases = await Promise.all(
    names.map(async (name) => {
      const { data } = await assets({ search: name.slice(0, 200), limit: 50 }).read({}, new AbortController().signal);
      const named = data.find((each) => each.name?.toLowerCase() === name.toLowerCase());
      return named?.releases.at(-1);
    }),
  );
  const ids = [...new Set(releases.filter((id) => id !== undefined))];
  const percent = String(Math.floor((UPSTREAM_PERCENT * 10_000) / Math.max(1, ids.length)) / 10_000);
  return ids.map((id, i) => ({ key: i + 1, release: String(id), percent }));
}

function Upload({ onRead }: { onRead: (described: Described) => void }) {
  const [error, setError] = useState<string>();
  const [several, setSeveral] = useState<readonly Described[]>([]);
  const [chosen, choose] = useState("");
  return (
    <div className="fields">
      <FileField
        label="Fill the form from a file"
        hint="A metadata file (JSON), a model card (Markdown), or a lineage file. It is read here, and sent nowhere."
        accept=".json,.md,.markdown,.txt,application/json,text/markdown"
        error={error}
        onFile={(content, name) => {
          const { value = [], error: fault } = read(content || " .", (text) => readUpload(text, name));
          setError(fault);
          setSeveral(value.length > 1 ? value : []);
          choose("");
          if (value.length === 1 && value[0]) onRead(value[0]);
        }}
      />
      {several.length > 1 && (
        <ChoiceField
          label="Which of them"
          value={chosen}
          options={[["", "Choose one"], ...several.map(({ name }, i) => [String(i), plainText(name, 60)] as const)]}
          onChange={(i) => {
            choose(i);
            const described = i === "" ? undefined : several[Number(i)];
            if (described) onRead(described);
          }}
        />
      )}
    </div>
  );
}

interface SharesProps {
  rows: readonly ShareRow[];
  onChange: (rows: readonly ShareRow[]) => void;
  error: string | undefined;
}

/** The fields of who shares what it earns, and for what. */
function Shares({ rows, onChange, error }: SharesProps) {
  const change = (key: number, given: Partial<ShareRow>) =>
    onChange(rows.map((row) => (row.key === key ? { ...row, ...given } : row)));
  return (
    <Section
      title="Contributors"
      about="Who shares what it earns: each one's part, and what it is for. All parts are 100 %."
    >
      <ul className="rows">
        {rows.map((row, i) => (
          <li key={row.key}>
            <TextField
              label={`Contributor ${i + 1}`}
              grow
              placeholder="0x…"
              maxLength={42}
              value={row.account}
              onChange={(account) => change(row.key, { account })}
            />
            <ChoiceField
              label="For"
              value={row.role}
              options={ROLES.map((role) => [role, role] as const)}
              onChange={(role) => change(row.key, { role })}
            />
            <TextField
              label="Part, in %"
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
