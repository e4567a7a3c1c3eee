import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { expect } from "chai";
import { writeDeployment } from "#node/deploymentFile.ts";
import { readGenesis } from "#protocol/failures/genesis.ts";
import type { Command } from "../../scripts/participant/command.ts";
import { pay } from "../../scripts/participant/commands/pay.ts";
import { Session } from "../../scripts/participant/session.ts";
import { fee } from "../support/commands/options.ts";
import { type CommandHost, startCommandHost } from "../support/commands/commandHost.ts";
import { type Answer, type ParticipantNode, startParticipant } from "../support/participant.ts";

/** Key of the first account of the public mnemonic of local nodes. */
const PRIVATE_KEY = "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";

describe("a command that fails", function () {
  this.timeout(120_000);
  let on: ParticipantNode;
  let host: CommandHost;
  let bad: Server;
  let answer: [status: number, body: string] = [200, ""];

  before(async () => {
    on = await startParticipant(4_302);
    host = await startCommandHost();
    bad = createServer((_request, response) => response.writeHead(answer[0]).end(answer[1])).listen(0, "127.0.0.1");
    await once(bad, "listening");
  });
  after(async () => {
    bad?.close();
    await host?.stop();
    await on?.stop();
  });

  /** Runs a command that must fail. Returns the sentence that it prints. */
  async function failure(args: string[], variables: Record<string, string> = {}): Promise<string> {
    const environment = { RPC_URL: on.url, NO_COLOR: "1", PRIVATE_KEY, ...variables };
    const { exitCode, stderr } = await host.run(["--network", "remote", ...args], environment);
    expect(exitCode, stderr).to.equal(1);
    expect(stderr).not.to.match(/\n +at /);
    return stderr.trim();
  }

  const COMMANDS = [
    ["status"],
    ["pay", "3", "1", "--currency", "tUSD", "--yes"],
    ["deploy", "--yes"],
    ["import", "scripts/lineages/well-known.json"],
  ];

  it("says what is wrong with the endpoint, and where its URL comes from", async () => {
    const url = `http://127.0.0.1:${(bad.address() as AddressInfo).port}`;
    const refused = JSON.stringify({ jsonrpc: "2.0", id: 1, error: { code: -32_000, message: "archive only" } });
    for (const [given, RPC_URL, reason] of [
      [[200, "<html>"], url, "does not answer as an Ethereum node does"],
      [[401, "no"], url, "does not allow this request (HTTP 401). Check the key in its URL"],
      [[403, '{"error":"no"}'], url, "does not allow this request (HTTP 403)"],
      [[502, "<html>"], url, "cannot be reached (HTTP 502)"],
      [[200, refused], url, "rejected the request: archive only"],
      [[200, ""], "http://127.0.0.1:1", "cannot be reached (connect ECONNREFUSED"],
      [[200, ""], url.replace("http:", "https:"), "gives no secure connection (wrong version number)"],
      [[200, ""], "127.0.0.1:8545", "must begin with http:// or https://"],
    ] as const) {
      answer = [...given];
      for (const command of COMMANDS) expect(await failure(command, { RPC_URL }), command[0]).to.contain(reason);
    }
    expect(await failure(["status"], { RPC_URL: "http://127.0.0.1:1" })).to.contain("The node is that of --network.");
  });

  it("says if the deployment file is half, of another chain, of a restarted one, or names other contracts", async () => {
    const file = join(on.folder, "other.json");
    const run = () => failure(["status", "--deployment", file]);
    await writeFile(file, '{ "chainId": 4302');
    expect(await run()).to.contain("it is not JSON, or only a part of it");
    const { deployment } = on;
    const dollar = (await on.dollar.getAddress()) as `0x${string}`;
    const [genesis, other] = [await readGenesis((method, params) => on.ethers.provider.send(method, params)), "12"];
    expect(genesis).to.match(/^0x[0-9a-f]{64}$/);
    for (const [changed, reason] of [
      [{ chainId: 1 }, "is for chain 1, but the network is on chain 4302"],
      [{ registry: dollar }, `${dollar} on this chain (4302) is not a registry of Tributary`],
      [{ ledger: dollar }, `has the ledger ${deployment.ledger}, not ${dollar}`],
      [{ registry: deployment.ledger, ledger: deployment.registry }, "is not a registry of Tributary"],
      [{ periphery: { preview: { address: `0x${"34".repeat(20)}`, fromBlock: 1 } } }, "the preview in"],
      [{ genesis: `0x${other.repeat(32)}` }, "another chain with the same id (4302)"],
    ] as const) {
      await writeDeployment(file, { ...deployment, ...changed });
      expect(await run()).to.contain(reason);
    }
    await writeDeployment(file, { ...deployment, genesis });
    const { exitCode } = await host.run(["--network", "remote", "status", "--deployment", file], { RPC_URL: on.url });
    expect(exitCode).to.equal(0);
  });

  it("prints for programs the sentence that it prints for people", async () => {
    const url = `http://127.0.0.1:${(bad.address() as AddressInfo).port}`;
    for (const variables of [{ RPC_URL: url.replace("http:", "https:") }, { PRIVATE_KEY: "0x12" }]) {
      const environment = { RPC_URL: on.url, NO_COLOR: "1", PRIVATE_KEY, ...variables };
      const args = ["--network", "remote", "retire", "1", "--yes", "--json"];
      const { exitCode, stdout, stderr } = await host.run(args, environment);
      expect(exitCode).to.equal(1);
      expect((JSON.parse(stdout) as Answer).error?.message)
        .to.equal(stderr.trim())
        .and.not.to.contain("\n");
    }
  });

  it("names what it has sent if the node goes away after that, so that it is not sent twice", async () => {
    const paying: Command<object> = async (session, options) => {
      await pay(session, { ...fee, ...options, currency: "native", amount: "0.1" });
      throw new TypeError("fetch failed");
    };
    const { error, transactions } = await on.act(paying, {});
    expect(transactions).to.have.lengthOf(1);
    expect(error?.message)
      .to.contain("cannot be reached (fetch failed)")
      .and.to.contain(
        `mined already: Pay 0.1 ETH (100000000000000000 wei) into release 3, as tWETH. (${transactions[0]?.hash})`,
      )
      .and.to.contain("Look at its result before you run the command again");
  });

  it("says that nothing was sent if another command of the account used the nonce at the same time", async () => {
    const racing: Command<object> = (session, options) => {
      const { deployment, options: shared, terminal, signal } = session;
      const request = async (call: { method: string }): Promise<never> => {
        if (call.method === "eth_sendTransaction") await session.provider.request(call as never); // the other command's
        return session.provider.request(call as never);
      };
      const mine = new Session({ provider: { request }, deployment, options: shared, terminal, signal });
      return pay(mine, { ...fee, ...options, ...shared, currency: "native", amount: "0.1" });
    };
    const { error } = await on.act(racing, {});
    expect(error?.message).to.match(
      /^This transaction was not sent\. Another transaction of this account used the same nonce/,
    );
  });

  it("names the file, the address or the server that cannot be used", async () => {
    const file = ["--deployment", join(on.folder, "deployment.json")];
    answer = [200, '{"jsonrpc":"2.0","id":1,"error":{"code":-32601,"message":"no"}}'];
    const api = `http://127.0.0.1:${(bad.address() as AddressInfo).port}`;
    const { admin } = on.accounts;
    for (const [command, reason] of [
      [["collect", "--api", api], "is not an indexer of Tributary. Name another with --api"],
      [
        ["sync", "3", "--recover", admin.address],
        `There is no contract at ${admin.address} on this chain, so it is no token`,
      ],
      [["register", "--name", " ", "--kind", "model"], "The asset has no name"],
      [["retire", "1", "--plain"], "--plain is a form of the file that --propose writes"],
      [["retire", "1", "--propose", ""], "--propose has no file"],
    ] as const) {
      expect(await failure([...command, ...file]), command[0]).to.contain(reason);
    }
    const proposing = ["deposit", "1", "--currency", "native", "--propose", "/nowhere/calls.json"];
    expect(await failure([...proposing, ...file])).to.contain("its folder does not exist. Create the folder");
  });

  it("names what is wrong with an id or a number", async () => {
    const file = ["--deployment", join(on.folder, "deployment.json")];
    for (const id of ["1099511627776", "99999999999999999999", "1e3", "1.5", "0"]) {
      for (const command of [
        ["pay", id, "1"],
        ["publish", id],
        ["retire", id],
        ["sync", id],
        ["status", "--release", id],
      ]) {
        expect(await failure([...command, ...file]), command.join(" ")).to.contain(
          `"${id}" is not a release or asset. Give an id`,
        );
      }
    }
    expect(await failure(["retire", "abc", ...file])).to.contain('Give the id: npx hardhat find "abc" shows it');
    expect(await failure(["retire", "1", "--confirmations", "abc", ...file])).to.contain(
      "--confirmations must be a whole number",
    );
    for (const number of ["abc", "-1", "1.5", "1e6", ""]) {
      for (const [command, option] of [
        ["deploy", "--commons-ppm"],
        ["deploy", "--delay"],
        ["deploy", "--chain-id"],
        ["import", "--upstream-ppm"],
        ["import", "--confirmations"],
        ["import", "--batch-gas"],
      ] as const) {
        const lineage = command === "import" ? ["scripts/lineages/well-known.json"] : [];
        expect(await failure([command, ...lineage, option, number]), `${command} ${option} ${number}`).to.contain(
          `${option} must be a whole number, written in digits only, such as 3. "${number}" is not one.`,
        );
      }
    }
    expect(await failure(["pay", "3", "1,000", "--currency", "tUSD", ...file])).to.contain('"1,000" is not an amount');
  });
});
