/** Fields by which model cards, dataset cards and metadata name what something was built from, without separators. */
const PARENT_FIELDS = new Set(
  "basemodel basemodelnameorpath basemodels builtfrom dataset datasets dependson derivedfrom finetunedfrom mergedmodels merges models parent parentmodel parentmodels parents slices sourcedataset sourcedatasets sourcemodel sourcemodels teacher teachermodel traindata traindataset traindatasets trainedon trainingdata trainingdataset trainingdatasets".split(
    " ",
  ),
);
/** Fields of an entry that contain its name. */
const NAME_FIELDS = ["name", "id", "model", "dataset", "path", "base_model", "sources", "source"];
/** Values that name nothing. */
const NO_NAMES = /^(true|false|null|none|~|original|n\/a|unknown)?$/i;

/**
 * Returns the names of what something was built from, as the fields of its card or its metadata have them, each once.
 *
 * @example
 * namedParents({ base_model: "meta-llama/Llama-3", datasets: ["c4"] }); // ["meta-llama/Llama-3", "c4"]
 */
export function namedParents(fields: Readonly<Record<string, unknown>>): string[] {
  const names = Object.entries(fields)
    .filter(([field]) => PARENT_FIELDS.has(field.toLowerCase().replaceAll(/[\s_-]/g, "")))
    .flatMap(([, value]) => [...namesIn(value, 0)]);
  return [...new Set(names.filter((name) => !NO_NAMES.test(name)))];
}

const DEEPEST = 6;

function* namesIn(value: unknown, depth: number): Generator<string> {
  if (typeof value === "string") yield value.replace(/^(extended|other)\|/, "").trim();
  else if (Array.isArray(value)) {
    if (depth < DEEPEST) for (const each of value as unknown[]) yield* namesIn(each, depth + 1);
  } else if (typeof value === "object" && value !== null && depth < DEEPEST) {
    const fields = value as Record<string, unknown>;
    const nameFields = NAME_FIELDS.filter((field) => field in fields);
    // Without such a field the names are the keys, as in a mixture: {c4: 0.6, pile: 0.4}.
    if (nameFields.length === 0) yield* Object.keys(fields);
    for (const field of nameFields) yield* namesIn(fields[field], depth + 1);
  }
}
