import { isDate } from "#protocol/duration.ts";

const short = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });
const ofToday = new Intl.DateTimeFormat(undefined, { timeStyle: "medium" });
const long = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "long" });

/** Formats a time, in seconds since 1970, with its date and its time zone. */
export const longTime = (at: number): string => long.format(at * 1_000);

interface WhenProps {
  /** Seconds since 1970. */
  at: number;
  block?: string;
  /** Leaves out today's date. */
  brief?: boolean;
}

/** Time of an event in the reader's time zone. Its title has the zone and the block. */
export function When({ at, block, brief }: WhenProps) {
  // A proposer may choose any delay.
  if (!isDate(at)) return <>a time more than 200,000 years from now</>;
  const date = new Date(at * 1_000);
  const title = `${longTime(at)}${block === undefined ? "" : `, block ${block}`}`;
  return (
    <time dateTime={date.toISOString()} title={title}>
      {(brief && date.toDateString() === new Date().toDateString() ? ofToday : short).format(date)}
    </time>
  );
}
