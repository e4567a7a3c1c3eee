import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import type { Provider } from "ethers";

interface CompilerInput {
  sources: Record<string, unknown>;
  settings: { outputSelection: object };
}

interface CompilerOutput {
  contracts?: Record<string, Record<string, { metadata: string }>>;
}

const solc = createRequire(import.meta.url)("solc") as { compile: (input: string) => string };

/**
 * A double of the verification APIs of Etherscan, Blockscout and Sourcify on loopback, with the parts that a client needs.
 * It accepts sources only if the compiler's digest of their metadata is at the end of the contract's code.
 */
export async function startExplorerDouble(provider: Provider) {
  const verified = { etherscan: new Set<string>(), blockscout: new Set<string>(), sourcify: new Set<string>() };
  const answers = new Map<string, string>();
  let isDown = false;

  const judge = async (at: keyof typeof verified, address: string, contractName: string, input: CompilerInput) => {
    const [file = "", name = ""] = splitName(contractName);
    const fits = (await provider.getCode(address)).includes(metadataDigest(input, file, name));
    if (fits) verified[at].add(address.toLowerCase());
    return fits;
  };

  const etherscanLike = async (at: "etherscan" | "blockscout", query: URLSearchParams, form: URLSearchParams) => {
    switch (query.get("action")) {
      case "getsourcecode": {
        const isVerified = verified[at].has((query.get("address") ?? "").toLowerCase());
        return { status: "1", message: "OK", result: [{ SourceCode: isVerified ? "{}" : "" }] };
      }
      case "verifysourcecode": {
        const input = JSON.parse(form.get("sourceCode") ?? "") as CompilerInput;
        const address = form.get("contractaddress") ?? "";
        const fits = await judge(at, address, form.get("contractname") ?? "", input);
        const guid = `${at}-${answers.size}`;
        answers.set(guid, fits ? "Pass - Verified" : "Fail - Unable to verify");
        return { status: "1", message: "OK", result: guid };
      }
      case "checkverifystatus":
        return { status: "1", message: "OK", result: answers.get(query.get("guid") ?? "") };
      default:
        return { status: "0", message: "NOTOK", result: "Unknown action" };
    }
  };

  const sourcify = async (path: string, body: string): Promise<{ status: number; answer: object }> => {
    const contractOf = (chainId: string, address: string, match: string | null) => {
      return { match, creationMatch: match, runtimeMatch: match, chainId, address };
    };
    const [, chainId = "", address = ""] = /^\/sourcify\/v2\/\w+\/(\d+)\/(0x\w+)$/.exec(path) ?? [];
    if (path.startsWith("/sourcify/v2/contract/")) {
      const match = verified.sourcify.has(address.toLowerCase()) ? "exact_match" : null;
      return { status: match ? 200 : 404, answer: contractOf(chainId, address, match) };
    }
    if (address !== "") {
      const given = JSON.parse(body) as { stdJsonInput: CompilerInput; contractIdentifier: string };
      const fits = await judge("sourcify", address, given.contractIdentifier, given.stdJsonInput);
      const verificationId = `sourcify-${answers.size}`;
      answers.set(verificationId, fits ? "exact_match" : "");
      return { status: 202, answer: { verificationId } };
    }
    const verificationId = path.slice(path.lastIndexOf("/") + 1);
    const match = answers.get(verificationId) || null;
    const error = match ? {} : { error: { customCode: "no_match", message: "no match", errorId: verificationId } };
    return {
      status: 200,
      answer: { isJobCompleted: true, jobStartTime: "", verificationId, contract: contractOf("", "", match), ...error },
    };
  };

  const server = createServer((request, response) => {
    const respond = async () => {
      const url = new URL(request.url ?? "/", "http://127.0.0.1");
      const body = await textOf(request);
      if (isDown) return { status: 503, answer: { message: "down", result: "down" } };
      if (url.pathname.startsWith("/sourcify/")) return sourcify(url.pathname, body);
      const at = url.pathname.startsWith("/etherscan") ? "etherscan" : "blockscout";
      return { status: 200, answer: await etherscanLike(at, url.searchParams, new URLSearchParams(body)) };
    };
    const answered = respond().catch((error: Error) => ({ status: 500, answer: { message: error.message } }));
    void answered.then(({ status, answer }) =>
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(answer)),
    );
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    verified,
    setDown: (down: boolean) => {
      isDown = down;
    },
    close: () => server.close(),
  };
}

const splitName = (contractName: string) => {
  const colon = contractName.lastIndexOf(":");
  return [contractName.slice(0, colon), contractName.slice(colon + 1)];
};

/** Selects the metadata only, which saves the compiler the generation of code. */
function metadataDigest(input: CompilerInput, file: string, name: string): string {
  const asked = { ...input, settings: { ...input.settings, outputSelection: { [file]: { [name]: ["metadata"] } } } };
  const output = JSON.parse(solc.compile(JSON.stringify(asked))) as CompilerOutput;
  const metadata = output.contracts?.[file]?.[name]?.metadata;
  if (metadata === undefined) throw new Error(`These sources have no ${name} in ${file}.`);
  return createHash("sha256")
    .update(ipfsBlock(Buffer.from(metadata)))
    .digest("hex");
}

/** Returns the IPFS hash of a file of at most one block: UnixFS within DAG-PB. */
function ipfsBlock(content: Buffer): Buffer {
  const length = varint(content.length);
  const unixFs = Buffer.concat([Buffer.from([0x08, 0x02, 0x12]), length, content, Buffer.from([0x18]), length]);
  return Buffer.concat([Buffer.from([0x0a]), varint(unixFs.length), unixFs]);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    bytes.push(rest < 128 ? rest : (rest % 128) + 128);
    if (rest < 128) return Buffer.from(bytes);
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request) text += String(chunk);
  return text;
}
