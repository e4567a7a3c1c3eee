import { searchForm, wordForm } from "#protocol/texts/nameForms.ts";
import type { ListColumn } from "./columns.ts";

type Texts = ListColumn<string | undefined>;

/** The forms of a column's texts, by row, each with the text that it was computed from. */
interface Forms {
  texts: (string | undefined)[];
  forms: (string | undefined)[];
}

type FormOf = (text: string) => string;

/** The forms that were computed so far. A column can change, and each earlier state has its own. */
const cache = new Map<FormOf, WeakMap<Texts, Forms>>([
  [searchForm, new WeakMap()],
  [wordForm, new WeakMap()],
]);

/** Returns a function that computes the form of a column's text in a row at the first use, and again after a change. */
export function formsOf(column: Texts, formOf: FormOf): (row: number) => string | undefined {
  const ofColumns = cache.get(formOf);
  const { texts, forms } = ofColumns?.get(column) ?? { texts: [], forms: [] };
  ofColumns?.set(column, { texts, forms });
  return (row) => {
    const text = column.get(row);
    if (text === undefined) return undefined;
    if (texts[row] !== text) {
      texts[row] = text;
      forms[row] = formOf(text);
    }
    return forms[row];
  };
}

/**
 * Returns the test by which texts of columns match a search: they contain it, whatever the case, accents, spaces and
 * punctuation. A search of punctuation only is compared with it.
 */
export function searchIn(columns: readonly Texts[], search: string): (row: number) => boolean {
  const wanted = searchForm(search);
  const form = /[\p{L}\p{N}\p{S}\p{M}]/u.test(wanted) ? searchForm : wordForm;
  const text = form(search);
  const forms = columns.map((column) => formsOf(column, form));
  return (row) => forms.some((each) => each(row)?.includes(text) === true);
}
