import { randomStep, type Random, type World } from "../differential/world.ts";

const CALLS_A_BLOCK = 4;

/** A world whose chain goes on by random calls, and changes its mind about what is not final. */
export async function troubledChain(world: World, random: Random, finalityDepth: number) {
  const { provider } = world.chain.ethers;
  const send = (method: string, params: unknown[] = []) => provider.send(method, params);
  /** One for each block that can be gone back to, ascending. */
  const snapshots: { id: string; block: number }[] = [];
  let head = await provider.getBlockNumber();
  let highest = head;

  const mineBlock = async (): Promise<void> => {
    snapshots.push({ id: (await send("evm_snapshot")) as string, block: head });
    await send("evm_setAutomine", [false]);
    try {
      for (let calls = random.between(1, CALLS_A_BLOCK); calls > 0; calls--) {
        await randomStep(world, random)
          .send()
          .catch((error: unknown) => {
            if (!/revert/i.test(String(error))) throw error;
          });
      }
      await send("evm_mine");
    } finally {
      await send("evm_setAutomine", [true]);
    }
    head = await provider.getBlockNumber();
    highest = Math.max(highest, head);
    await world.fold();
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
        await send("evm_increaseTime", [seconds]); // or the same transactions would make the same blocks
        head = snapshot.block;
        snapshots.length = at;
        await world.refold();
      }
      await mine(blocks);
    },
    headHash: async () => ((await send("eth_getBlockByNumber", ["latest", false])) as { hash: string }).hash,
  };
}
