import { inspect } from "node:util";
import pc from "picocolors";
import { printable } from "#protocol/texts/printable.ts";
import { wellFormed } from "#protocol/texts/wellFormed.ts";
import { UserError } from "#protocol/userError.ts";
import { urlsWithoutSecrets } from "./withoutSecrets.ts";

export type LogFields = Record<string, string | number | bigint | boolean | null | undefined>;

export interface Log {
  info: (message: string, fields?: LogFields) => void;
  warn: (message: string, fields?: LogFields) => void;
  /** Writes the message of a UserError, and all details of any other error. */
  error: (message: string, error: unknown, fields?: LogFields) => void;
}

/** Output of a log: a terminal gets plain lines, any other output gets lines of JSON. */
export interface LogOutput {
  isTTY?: boolean | undefined;
  write: (text: string) => unknown;
}

const COLORS = { info: (text: string) => text, warn: pc.yellow, error: pc.red };

/** Creates a log. It shortens every URL to its host, because the rest may be secret. */
export function createLog(output: LogOutput = process.stderr, now: () => Date = () => new Date()): Log {
  const write = (level: keyof typeof COLORS, message: string, fields: LogFields) => {
    if (output.isTTY) {
      const beside = Object.entries(fields).map(([name, value]) => `${name} ${value}`);
      const line = urlsWithoutSecrets([message, ...(beside.length > 0 ? [`(${beside.join(", ")})`] : [])].join(" "));
      // Messages of nodes and databases are strangers' texts.
      output.write(`${COLORS[level](line.split("\n").map(printable).join("\n"))}\n`);
    } else {
      const line = { time: now().toISOString(), level, message, ...fields };
      const text = JSON.stringify(line, (_name, value: unknown) => {
        if (typeof value === "bigint") return String(value);
        return typeof value === "string" ? wellFormed(urlsWithoutSecrets(value)) : value;
      });
      output.write(`${text}\n`);
    }
  };
  return {
    info: (message, fields = {}) => write("info", message, fields),
    warn: (message, fields = {}) => write("warn", message, fields),
    error: (message, error, fields = {}) => {
      if (error instanceof UserError) write("error", [message, error.message].join(" ").trim(), fields);
      else write("error", message || String(error), { ...fields, error: inspect(error, { depth: 6 }) });
    },
  };
}
