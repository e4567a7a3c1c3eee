// Generates the client's types: run `npm run client` after a change of the API.
import { writeFileSync } from "node:fs";
import { clientTypes, TYPES_FILE } from "./clientTypes.ts";

writeFileSync(TYPES_FILE, await clientTypes());
