import { parseArgs } from "node:util";
import { UserError } from "#protocol/userError.ts";

export const HELP = `npm start -- [options]
  --rpc-port N     port of the local chain. Default: 8545
  --port N         port of the explorer and the API. Default: 4000
  --lineage FILE   lineage file to import. Default: scripts/lineages/well-known.json
  --fees N         number of fees to pay. Default: 300
  --once           end after the report, without serving the explorer and the API`;

const OPTIONS = {
  "rpc-port": { type: "string", default: "8545" },
  port: { type: "string", default: "4000" },
  lineage: { type: "string", default: "scripts/lineages/well-known.json" },
  fees: { type: "string", default: "300" },
  once: { type: "boolean", default: false },
  help: { type: "boolean", default: false, short: "h" },
} as const;

export interface FirstRunOptions {
  rpcPort: number;
  port: number;
  lineage: string;
  fees: number;
  once: boolean;
}

/**
 * Reads the options of the command line; undefined if they ask for help.
 *
 * @throws {UserError} for an option that does not exist, or a value that makes no sense.
 */
export function readOptions(): FirstRunOptions | undefined {
  const values = parseOptions();
  if (values.help) return undefined;
  const whole = (name: "rpc-port" | "port" | "fees", least: number, most: number) => {
    const value = Number(values[name]);
    if (!Number.isInteger(value) || value < least || value > most) {
      throw new UserError(`--${name} must be a whole number from ${least} to ${most}.`);
    }
    return value;
  };
  return {
    rpcPort: whole("rpc-port", 1, 65_535),
    port: whole("port", 1, 65_535),
    fees: whole("fees", 1, 100_000),
    lineage: values.lineage,
    once: values.once,
  };
}

function parseOptions() {
  try {
    return parseArgs({ options: OPTIONS }).values;
  } catch (cause) {
    throw new UserError(`${(cause as Error).message}. npm start -- --help lists the options.`, { cause });
  }
}
