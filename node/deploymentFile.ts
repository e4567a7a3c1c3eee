import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { type Deployment, parseDeployment } from "#protocol/deployment.ts";
import { UserError } from "#protocol/userError.ts";

/**
 * Reads a deployment file.
 *
 * @throws {UserError} if the file is missing or describes no deployment.
 */
export async function readDeployment(file: string): Promise<Deployment> {
  let content: unknown;
  try {
    content = JSON.parse(await readFile(file, "utf8"));
  } catch (cause) {
    throw new UserError(`No deployment in ${file}: ${(cause as Error).message}. Deploy first, or name another file.`, {
      cause,
    });
  }
  return parseDeployment(content, file);
}

/** Writes a deployment file, whole or not at all. */
export async function writeDeployment(file: string, deployment: Deployment): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(`${file}.new`, `${JSON.stringify(deployment, null, 2)}\n`);
  await rename(`${file}.new`, file);
}
