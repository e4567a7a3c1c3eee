// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Contribution, Kind, Release} from "../../contracts/interfaces/IFeeLedger.sol";
import {Edge, putEdge, slotsFor, toEdges} from "../../contracts/libraries/Edge.sol";
import {ReleaseWord, toReleaseWord} from "../../contracts/libraries/ReleaseWord.sol";
import {Test} from "../support/solidity/Test.sol";
import {Tributary} from "../support/solidity/Tributary.sol";

/// @notice A packed word returns what went into it, the largest values too.
contract PackingTest is Test, Tributary {
    uint40 private constant MAX_ID = type(uint40).max;
    uint24 private constant MAX_WEIGHT = type(uint24).max;

    function setUp() public {
        for (uint256 i = 0; i < 64; ++i) register(new Contribution[](0));
    }

    // --------------------------------------------------------------------------------------------------------- edges

    function edgesOf(Contribution[] calldata contributions) external pure returns (Edge[] memory) {
        return toEdges(contributions);
    }

    function test_edgesKeepReleaseAndWeight(uint40[] memory ids, uint24 weight) public view {
        Contribution[] memory contributions = new Contribution[](ids.length + 1);
        for (uint256 i = 0; i < ids.length; ++i) contributions[i] = Contribution(ids[i], weight);
        contributions[ids.length] = Contribution(MAX_ID, MAX_WEIGHT);
        Edge[] memory edges = this.edgesOf(contributions);
        assertEq(edges.length, contributions.length, "length");
        for (uint256 i = 0; i < edges.length; ++i) {
            assertEq(edges[i].release(), contributions[i].release, "release");
            assertEq(edges[i].weight(), contributions[i].weight, "weight");
        }
    }

    /// @notice A release id or weight that is wider than its type is refused, not cut.
    function test_edgesAreNotCut(uint256 release, uint256 weight) public view {
        bytes memory call_ = abi.encodeWithSelector(this.edgesOf.selector, 32, 1, release, weight);
        (bool accepted, ) = address(this).staticcall(call_);
        assertTrue(accepted == (release <= MAX_ID && weight <= MAX_WEIGHT), "cut, or refused for nothing");
    }

    /// @notice The same as {test_edgesAreNotCut}, just at the limits.
    function test_edgesAreNotCutByOneBit(uint8 releaseBit, uint8 weightBit) public view {
        test_edgesAreNotCut(uint256(1) << (36 + (releaseBit % 8)), uint256(1) << (20 + (weightBit % 8)));
    }

    function test_slotsHoldEveryEdgeInItsPlace(uint64[] memory values, uint256 count) public pure {
        count = bound(count, 0, values.length < 64 ? values.length : 64);
        uint256[] memory slots = new uint256[](slotsFor(count));
        for (uint256 i = 0; i < count; ++i) putEdge(slots, i, Edge.wrap(values[i]));
        assertEq(slots[0] & type(uint128).max, 0, "the release's own half was written");
        for (uint256 i = 0; i < count; ++i) {
            uint256 place = i + 2; // two places are the release's own
            uint64 found = uint64(slots[place / 4] >> (64 * (place % 4)));
            assertEq(found, values[i], "an edge is not in its place");
        }
    }

    // ------------------------------------------------------------------------------------------------- release words

    function test_releaseWordKeepsEverything(
        uint40 asset,
        uint24[3] memory weights,
        uint8 kind,
        bool byGrant,
        uint8 edgeCount,
        uint128 edges
    ) public pure {
        asset = uint40(bound(asset, 1, MAX_ID));
        ReleaseWord word = toReleaseWord(asset, Kind(kind % 3), weights[0]).withDeal(
            weights[1],
            weights[2],
            byGrant,
            edgeCount,
            uint256(edges) << 128
        );
        for (uint256 i = 0; i < 3; ++i) {
            bool retired = i == 1;
            word = word.withRetired(retired);
            assertTrue(word.retired() == retired, "retired");
            assertTrue(word.byGrant() == byGrant, "by grant");
            assertEq(word.asset(), asset, "asset");
            assertEq(uint256(word.kind()), kind % 3, "kind");
            assertEq(word.keep(), weights[0], "keep");
            assertEq(word.ownWeight(), weights[1], "own weight");
            assertEq(word.floor(), weights[2], "floor");
            assertEq(word.edgeCount(), edgeCount, "edge count");
            assertEq(word.inlineEdges(), edges, "edges");
        }
    }

    /// @notice Every bit set at once, and each field alone: none leaks into another.
    function test_releaseWordAtTheExtremes() public pure {
        uint24[3] memory none;
        uint24[3] memory all = [MAX_WEIGHT, MAX_WEIGHT, MAX_WEIGHT];
        test_releaseWordKeepsEverything(MAX_ID, all, 2, true, 255, type(uint128).max);
        test_releaseWordKeepsEverything(1, none, 0, false, 0, 0);
        test_releaseWordKeepsEverything(MAX_ID, none, 0, false, 0, 0);
        for (uint256 i = 0; i < 3; ++i) {
            uint24[3] memory single;
            single[i] = MAX_WEIGHT;
            test_releaseWordKeepsEverything(1, single, 0, false, 0, 0);
        }
        test_releaseWordKeepsEverything(1, none, 2, false, 0, 0);
        test_releaseWordKeepsEverything(1, none, 0, true, 0, 0);
        test_releaseWordKeepsEverything(1, none, 0, false, 255, 0);
        test_releaseWordKeepsEverything(1, none, 0, false, 0, type(uint128).max);
    }

    // ------------------------------------------------------------------------------------------- through the contracts

    /// @notice A release says what it was published with, whatever number of contributions, 0 to 64.
    function test_releaseInfoSaysWhatWasPublished(uint256 count, uint256 seed, uint24 floor, bool byGrant) public {
        count = bound(count, 0, 64);
        floor = uint24(bound(floor, 0, 1_000_000));
        Contribution[] memory contributions = new Contribution[](count);
        uint24 left = 1_000_000;
        uint256 id = 0;
        for (uint256 i = 0; i < count; ++i) {
            seed = uint256(keccak256(abi.encode(seed)));
            // Leave enough releases, and enough weight, for those to come.
            id += 1 + (seed % (64 - id - (count - i - 1)));
            uint24 weight = uint24(1 + ((seed >> 64) % (left - (count - i - 1))));
            if (i % 2 == 0 && weight > 20_000) weight = 20_000;
            contributions[i] = Contribution(uint40(id), weight);
            left -= weight;
        }
        uint40 release = registry.publish(1, releaseDraft(contributions, floor, byGrant));

        Release memory info = ledger.releaseInfo(release);
        Release memory expected = Release(1, Kind.Dataset, left, floor, 0, byGrant, false, contributions);
        assertEq(keccak256(abi.encode(info)), keccak256(abi.encode(expected)), "not what was published");
    }

    /// @notice The same for every number of contributions, one after the other.
    function test_releaseInfoForEveryNumberOfContributions() public {
        for (uint256 count = 0; count <= 64; ++count) {
            test_releaseInfoSaysWhatWasPublished(count, count, 1_000_000, count % 2 == 0);
        }
    }
}
