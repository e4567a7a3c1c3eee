import { expect } from "chai";
import { zeroAddress, zeroHash } from "viem";
import { account, Economy } from "../../test/support/economy/economy.ts";
import type { LedgerEvent } from "#protocol/events.ts";
import { applyEvent, LedgerContradiction } from "./applyEvent.ts";

const POSITION = { blockNumber: 9n, logIndex: 0, timestamp: 9, transactionHash: zeroHash };

describe("applyEvent", () => {
  it("throws for a release or a transfer of an asset of which only the shares are minted", () => {
    const minted = { operator: account(1), from: zeroAddress, to: account(1), id: 1n, value: 100_000_000n };
    const terms = { edges: [], floor: 0, byGrant: false, label: "1", digest: zeroHash, uri: "" };
    const without = (event: LedgerEvent) => {
      const { state } = new Economy();
      applyEvent(state, { contract: "ledger", eventName: "TransferSingle", args: minted }, POSITION);
      expect(() => applyEvent(state, event, POSITION))
        .to.throw(LedgerContradiction)
        .with.property("message")
        .that.contains("unknown asset 1");
    };
    without({ contract: "registry", eventName: "ReleasePublished", args: { release: 1, asset: 1, ...terms } });
    without({
      contract: "registry",
      eventName: "Transfer",
      args: { from: zeroAddress, to: account(1), tokenId: 1n },
    });
  });
});
