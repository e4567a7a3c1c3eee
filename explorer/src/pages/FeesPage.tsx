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
      lead="Each fee flows backward, to everyone whose work went into what was paid for. Open one to see where it went."
    >
      <form className="filters" aria-label="Which fees" onSubmit={(event) => event.preventDefault()}>
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
            <option value="">The newest first</option>
            <option value="amount">The largest first</option>
          </select>
        </label>
        {conditions.length > 0 && (
          <p>
            Only those {plainText(conditions.join(" and "), 200)}. <a href={href("/fees")}>Show all</a>
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
        {(rows) => <FeeTable caption="Fees" rows={rows} empty="There is no such fee." />}
      </PagedList>
    </Page>
  );
}
