// The indexer as a program. `npm run indexer -- --help` says what it can do.
import { commandLine } from "./commands/commandLine.ts";

await commandLine().parseAsync();
