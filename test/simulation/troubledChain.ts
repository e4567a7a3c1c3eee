import { toBeHex, ZeroHash } from "ethers";
import { randomStep, type Random, TIMELOCK_DELAY, type World } from "../differential/world.ts";

const CALLS_A_BLOCK = 4;
/** Options that skip the gas estimate, so that a transaction that reverts is in a block, too. */
const UNTRIED = { gasLimit: 300_000n };

async function unlessReverted(sent: Promise<unknown>): Promise<void> {
  await sent.catch((error: unknown) => {
    if (!/revert/i.test(String(error))) throw error;
  });
}

/** Makes a world's chain advance by random calls, with reorgs of blocks that are not final. */
export async function troubledChain(world: World, random: Random, finalityDepth: number) {
  const { provider } = world.chain.ethers;
  const commons = await world.commons.getAddress();
  const send = (method: string, params: unknown[] = []) => provider.send(method, params);
  /** Snapshots of the chain, one for each block that a reorg can return to, ascending. */
  const snapshots: { id: string; block: number }[] = [];
  let head = await provider.getBlockNumber();
  let highest = head;

  const mineBlock = async (): Promise<void> => {
    snapshots.push({ id: (await send("evm_snapshot")) as string, block: head });
    await send("evm_setAutomine", [false]);
    try {
      for (let calls = random.between(1, CALLS_A_BLOCK); calls > 0; calls--) {
        await unlessReverted(randomStep(world, random).send());
      }
      await govern(head + 1);
      await send("evm_mine");
    } finally {
      await send("evm_setAutomine", [true]);
    }
    head = await provider.getBlockNumber();
    highest = Math.max(highest, head);
    await world.fold();
  };
  /** Schedules a call in the timelock in each block, cancels some, and executes the others in time. */
  const govern = async (block: number): Promise<void> => {
    const { timelock } = world;
    const callOf = (number: number) => [commons, 0n, "0x", ZeroHash, toBeHex(number, 32)] as const;
    await timelock.schedule(...callOf(block), TIMELOCK_DELAY, UNTRIED);
    if (block % 3 === 0) await timelock.cancel(await timelock.hashOperation(...callOf(block - 1)), UNTRIED);
    await timelock.execute(...callOf(block - TIMELOCK_DELAY), UNTRIED);
  };
  const mine = async (blocks: number): Promise<void> => {
    for (let i = 0; i < blocks; i++) await mineBlock();
  };

  return {
    mine,
    reorg: async (depth: number, blocks: number, seconds: number): Promise<void> => {
      const ancestor = Math.max(head - depth, highest - finalityDepth);
      const at = snapshots.findIndex(({ block }) => block >= ancestor);
      const snapshot = snapshots[at];
      if (snapshot) {
        await send("evm_revert", [snapshot.id]);
        await send("evm_increaseTime", [seconds]); // otherwise the same transactions would make the same blocks
        head = snapshot.block;
        snapshots.length = at;
        await world.refold();
      }
      await mine(blocks);
    },
    headHash: async () => ((await send("eth_getBlockByNumber", ["latest", false])) as { hash: string }).hash,
  };
}
