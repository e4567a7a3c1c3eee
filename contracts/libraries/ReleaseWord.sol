// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Kind} from "../interfaces/IFeeLedger.sol";

/// @notice One release in one storage word. From the lowest bit:
///
///   asset 40 | own weight 24 | floor 24 | keep 24 | kind 6, by grant 1, retired 1 | edge count 8 | edge 64 | edge 64
///
/// A release whose asset is 0 does not exist, because asset ids begin at 1. The keep is filled only in an asset's
/// first release. Edges from the third on are stored four to a slot, beside.
type ReleaseWord is uint256;

using ReleaseWords for ReleaseWord global;

uint256 constant BY_GRANT_BIT = 1 << 118;
uint256 constant RETIRED_BIT = 1 << 119;

/// @dev The part that names the asset; terms and edges are added with {ReleaseWords-withDeal}.
function toReleaseWord(uint40 asset, Kind kind, uint24 keep) pure returns (ReleaseWord) {
    return ReleaseWord.wrap(uint256(asset) | (uint256(keep) << 88) | (uint256(kind) << 112));
}

library ReleaseWords {
    function asset(ReleaseWord word) internal pure returns (uint40) {
        return uint40(ReleaseWord.unwrap(word));
    }

    function ownWeight(ReleaseWord word) internal pure returns (uint24) {
        return uint24(ReleaseWord.unwrap(word) >> 40);
    }

    function floor(ReleaseWord word) internal pure returns (uint24) {
        return uint24(ReleaseWord.unwrap(word) >> 64);
    }

    function keep(ReleaseWord word) internal pure returns (uint24) {
        return uint24(ReleaseWord.unwrap(word) >> 88);
    }

    function kind(ReleaseWord word) internal pure returns (Kind) {
        return Kind((ReleaseWord.unwrap(word) >> 112) & 0x3f);
    }

    function byGrant(ReleaseWord word) internal pure returns (bool) {
        return ReleaseWord.unwrap(word) & BY_GRANT_BIT != 0;
    }

    function retired(ReleaseWord word) internal pure returns (bool) {
        return ReleaseWord.unwrap(word) & RETIRED_BIT != 0;
    }

    function edgeCount(ReleaseWord word) internal pure returns (uint256) {
        return (ReleaseWord.unwrap(word) >> 120) & 0xff;
    }

    /// @dev The edges in the word, the first in the lowest 64 bits.
    function inlineEdges(ReleaseWord word) internal pure returns (uint256) {
        return ReleaseWord.unwrap(word) >> 128;
    }

    function withRetired(ReleaseWord word, bool isRetired) internal pure returns (ReleaseWord) {
        uint256 cleared = ReleaseWord.unwrap(word) & ~RETIRED_BIT;
        return ReleaseWord.wrap(isRetired ? cleared | RETIRED_BIT : cleared);
    }

    /// @dev Each argument must fit its place. For a word fresh from {toReleaseWord}.
    function withDeal(
        ReleaseWord word,
        uint256 itsOwnWeight,
        uint256 itsFloor,
        bool isByGrant,
        uint256 itsEdgeCount,
        uint256 firstSlot
    ) internal pure returns (ReleaseWord) {
        uint256 bits = ReleaseWord.unwrap(word) | (itsOwnWeight << 40) | (itsFloor << 64);
        if (isByGrant) bits |= BY_GRANT_BIT;
        return ReleaseWord.wrap(bits | (itsEdgeCount << 120) | firstSlot);
    }
}
