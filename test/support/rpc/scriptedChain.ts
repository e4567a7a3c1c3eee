import { type Hex, keccak256, numberToHex, toHex } from "viem";
import type { JournalSource } from "../../../indexer/journal.ts";
import { bitsOf } from "../../../indexer/chain/bloom.ts";

export interface ScriptedLog {
  address: Hex;
  topics: Hex[];
  data: Hex;
}

export interface ScriptedBlock {
  number: number;
  hash: Hex;
  parentHash: Hex;
  logs: ScriptedLog[];
}

/**
 * A chain in memory that answers JSON-RPC like a node. It does at once what takes a real chain long: thousands of blocks,
 * reorgs of any depth, bloom filters with values that no log has.
 */
export class ScriptedChain {
  readonly chainId: number;
  readonly source: JournalSource;
  readonly blocks: ScriptedBlock[] = [];
  /** Block for the tag `finalized`; undefined to refuse the tag. */
  finalized: (() => number) | undefined;
  /** True if logs have their block's time. */
  timedLogs = true;
  /** Values in the bloom filter of every block that no log has. */
  ghosts: Hex[] = [];
  #branch = "main";
  readonly #byHash = new Map<Hex, ScriptedBlock>();

  constructor(chainId = 1, name = "main") {
    this.chainId = chainId;
    this.#branch = name;
    this.source = {
      chainId,
      registry: `0x${"aa".repeat(20)}`,
      ledger: `0x${"bb".repeat(20)}`,
      startBlock: 1n,
    };
    this.#add([]);
  }

  get head(): ScriptedBlock {
    const head = this.blocks.at(-1);
    if (!head) throw new Error("The chain has no blocks.");
    return head;
  }

  /** Adds blocks with this number of logs each. All logs differ. */
  mine(blocks: number, logsPerBlock = 1): void {
    for (let i = 0; i < blocks; i++) {
      const number = this.blocks.length;
      this.#add(
        Array.from({ length: logsPerBlock }, (_, j) => this.log(`${this.#branch} ${number} ${j}`, j % 2 === 0)),
      );
    }
  }

  /** Replaces the last blocks by others. */
  fork(removed: number, added: number, logsPerBlock = 1): void {
    for (const { hash } of this.blocks.splice(this.blocks.length - removed)) this.#byHash.delete(hash);
    this.#branch += "'";
    this.mine(added, logsPerBlock);
  }

  /** Replaces the last blocks by blocks that an earlier fork removed. */
  restore(blocks: readonly ScriptedBlock[]): void {
    const [first] = blocks;
    this.blocks.splice(first?.number ?? 0, Infinity, ...blocks);
    for (const block of blocks) this.#byHash.set(block.hash, block);
  }

  log(what: string, ofLedger = true): ScriptedLog {
    const { ledger, registry } = this.source;
    return { address: ofLedger ? ledger : registry, topics: [keccak256(toHex(what))], data: toHex(what) };
  }

  /** Answers a call like a node, with null or an error where a node would. */
  readonly answer = (method: string, params: unknown[]): unknown => {
    if (method === "eth_chainId") return numberToHex(this.chainId);
    if (method === "eth_getBlockByNumber") return this.#header(params[0] as string);
    if (method === "eth_getLogs") return this.#logs(params[0] as { fromBlock?: Hex; toBlock?: Hex; blockHash?: Hex });
    throw new Error(`The method ${method} does not exist.`);
  };

  #add(logs: ScriptedLog[]): void {
    const number = this.blocks.length;
    const parentHash = this.blocks.at(-1)?.hash ?? `0x${"00".repeat(32)}`;
    const block = { number, hash: keccak256(toHex(`${this.#branch} ${number}`)), parentHash, logs };
    this.blocks.push(block);
    this.#byHash.set(block.hash, block);
  }

  #header(tag: string) {
    if (tag === "finalized" && !this.finalized) throw new Error("unknown block tag");
    const number = tag === "latest" ? this.head.number : tag === "finalized" ? this.finalized?.() : Number(tag);
    const block = this.blocks[number ?? -1];
    if (!block) return null;
    const { hash, parentHash, logs } = block;
    const bloom = new Uint8Array(256);
    for (const value of [...this.ghosts, ...logs.flatMap(({ address, topics }) => [address, ...topics])]) {
      for (const bit of bitsOf(value)) bloom[255 - (bit >> 3)] = (bloom[255 - (bit >> 3)] ?? 0) | (1 << (bit & 7));
    }
    return {
      number: numberToHex(block.number),
      hash,
      parentHash,
      timestamp: timeOf(block),
      logsBloom: toHex(bloom),
    };
  }

  #logs({ fromBlock, toBlock, blockHash }: { fromBlock?: Hex; toBlock?: Hex; blockHash?: Hex }) {
    if (blockHash === undefined) {
      return this.blocks.slice(Number(fromBlock), Number(toBlock) + 1).flatMap((block) => this.#logsOf(block));
    }
    const block = this.#byHash.get(blockHash);
    if (!block) throw new Error("unknown block");
    return this.#logsOf(block);
  }

  #logsOf(block: ScriptedBlock) {
    return block.logs.map((log, i) => ({
      ...log,
      blockNumber: numberToHex(block.number),
      blockHash: block.hash,
      ...(this.timedLogs && { blockTimestamp: timeOf(block) }),
      logIndex: numberToHex(i),
      transactionHash: keccak256(block.hash),
      transactionIndex: "0x0",
      removed: false,
    }));
  }
}

const timeOf = ({ number }: ScriptedBlock): Hex => numberToHex(1_000 + number);
