// Makes the client's types anew: `npm run client`, after the API has changed.
import { writeFileSync } from "node:fs";
import { clientTypes, TYPES_FILE } from "./clientTypes.ts";

writeFileSync(TYPES_FILE, await clientTypes());
