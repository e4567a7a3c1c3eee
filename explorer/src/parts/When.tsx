const short = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });
const long = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "long" });

/** A time, given in seconds since 1970. */
export function When({ at, block }: { at: number; block?: string }) {
  const date = new Date(at * 1_000);
  const title = `${long.format(date)}${block === undefined ? "" : `, block ${block}`}`;
  return (
    <time dateTime={date.toISOString()} title={title}>
      {short.format(date)}
    </time>
  );
}
