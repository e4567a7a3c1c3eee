// Generates the client's types: run `npm run client` after a change of the API.
import { writeFileSync } from "node:fs";
import { programOptions } from "#node/programOptions.ts";
import { clientTypes, TYPES_FILE } from "./clientTypes.ts";

programOptions("npm run client", {});
writeFileSync(TYPES_FILE, await clientTypes());
