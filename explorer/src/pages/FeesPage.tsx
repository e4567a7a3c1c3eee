import { fees } from "../api/questions.ts";
import { plainText } from "../format/plainText.ts";
import { CurrencyOptions } from "../parts/figures/CurrencyChoice.tsx";
import { FeeTable } from "../parts/lists/FeeTable.tsx";
import { Page } from "../parts/frame/Page.tsx";
import { PagedList } from "../parts/lists/PagedList.tsx";
import { useCurrency } from "../parts/figures/useCurrency.ts";
import { href, replaceWith, useRoute } from "../router.ts";

const FILTERS = ["currency", "orderBy", "payer", "release", "asset", "reference"] as const;

export function FeesPage() {
  const { query } = useRoute();
  const { all } = useCurrency();
  const filters = Object.fromEntries(FILTERS.map((name) => [name, query.get(name) ?? undefined]));
  const show = (change: Record<string, string | undefined>) => replaceWith(href("/fees", { ...filters, ...change }));
  const { currency, orderBy, payer, release, asset, reference } = filters;
  const conditions = [
    payer && `paid by ${payer}`,
    release && `paid into release ${release}`,
    asset && `paid into releases of asset ${asset}`,
    reference && `with the reference ${reference}`,
  ].filter(Boolean);

  return (
    <Page
      title="Fees"
      lead="A fee is paid into a release and flows back to everyone whose work that release was built from. Open a fee to see its trace."
    >
      <form className="filters" aria-label="Filter fees" onSubmit={(event) => event.preventDefault()}>
        <label>
          <span>Currency</span>
          <select value={currency ?? ""} onChange={({ target }) => show({ currency: target.value })}>
            <option value="">All</option>
            <CurrencyOptions of={all} />
          </select>
        </label>
        <label>
          <span>Order</span>
          <select value={orderBy ?? ""} onChange={({ target }) => show({ orderBy: target.value })}>
            <option value="">Newest first</option>
            <option value="amount">Largest first</option>
          </select>
        </label>
        {conditions.length > 0 && (
          <p>
            Only fees {plainText(conditions.join(" and "), 200)}. <a href={href("/fees")}>Show all fees</a>
          </p>
        )}
      </form>
      <PagedList
        of={fees({
          ...(currency && { currency }),
          ...(orderBy === "amount" && { orderBy }),
          ...(payer && { payer }),
          ...(release && { release: Number(release) }),
          ...(asset && { asset: Number(asset) }),
          ...(reference && { reference }),
        })}
        lines={20}
      >
        {(rows) => (
          <FeeTable
            caption="Fees"
            rows={rows}
            empty={
              reference
                ? "No fee has this reference. A transaction hash is not a reference."
                : conditions.length > 0 || currency
                  ? "No fee matches."
                  : "No fee was paid yet."
            }
          />
        )}
      </PagedList>
    </Page>
  );
}
