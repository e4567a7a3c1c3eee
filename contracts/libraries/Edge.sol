// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Contribution} from "../interfaces/Contribution.sol";

/// @notice A contribution as it is stored: the release built upon (40 bits) and its weight in ppm (24 bits).
type Edge is uint64;

using Edges for Edge global;

/// @notice Contributions as edges. Reverts without a reason, as the compiler's own decoder does, where a release id or a
/// weight is wider than its type.
/// @dev Read by hand, since the decoder's checks of each field cost more than all the rest.
function toEdges(Contribution[] calldata contributions) pure returns (Edge[] memory edges) {
    edges = new Edge[](contributions.length);
    assembly ("memory-safe") {
        let from := contributions.offset
        let to := add(edges, 32)
        for {
            let end := add(from, mul(contributions.length, 64))
        } lt(from, end) {
            from := add(from, 64)
        } {
            let release := calldataload(from)
            let weight := calldataload(add(from, 32))
            if or(shr(40, release), shr(24, weight)) {
                revert(0, 0)
            }
            mstore(to, or(shl(24, release), weight))
            to := add(to, 32)
        }
    }
}

/// @dev A release's edges stand four to a slot, the lowest bits first. The first slot is the release word itself, whose
/// lower half, the place of two edges, says the rest about the release.
uint256 constant EDGES_PER_SLOT = 4;
uint256 constant PLACES_TAKEN = 2;

/// @notice Returns the number of slots, the release word included, that hold `count` edges.
function slotsFor(uint256 count) pure returns (uint256) {
    unchecked {
        return (count + PLACES_TAKEN + EDGES_PER_SLOT - 1) / EDGES_PER_SLOT;
    }
}

/// @notice Writes edge `index`. Its place must be empty, and `slots` of length {slotsFor} a count above `index`.
function putEdge(uint256[] memory slots, uint256 index, Edge edge) pure {
    assembly ("memory-safe") {
        let place := add(index, PLACES_TAKEN)
        let slot := add(add(slots, 32), mul(div(place, EDGES_PER_SLOT), 32))
        mstore(slot, or(mload(slot), shl(mul(mod(place, EDGES_PER_SLOT), 64), and(edge, 0xffffffffffffffff))))
    }
}

library Edges {
    function release(Edge edge) internal pure returns (uint40) {
        return uint40(Edge.unwrap(edge) >> 24);
    }

    function weight(Edge edge) internal pure returns (uint24) {
        return uint24(Edge.unwrap(edge));
    }
}
