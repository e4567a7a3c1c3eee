// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

/// @title The arithmetic of the ledger
/// @notice Every entitlement is a part of a cumulative total, rounded down by itself, and what an event pays out is the
/// difference of two such amounts. So entitlements never fall, their sum never exceeds the total, and the order in which
/// money is passed on does not matter. See docs/arithmetic.md.
library Split {
    /// @notice All of a fee, in parts per million.
    uint24 internal constant WHOLE = 1_000_000;

    /// @notice The part of a cumulative `total` that a weight entitles to, rounded down.
    /// @dev Cannot overflow for any total below 2^232.
    function portionDown(uint256 total, uint256 weightPpm) internal pure returns (uint256) {
        unchecked {
            return (total * weightPpm) / WHOLE;
        }
    }

    /// @notice Returns what a weight is entitled to at `to`, less what it was entitled to at `from`. Requires from <= to.
    function portionBetween(uint256 from, uint256 to, uint256 weightPpm) internal pure returns (uint256) {
        unchecked {
            return (to * weightPpm) / WHOLE - (from * weightPpm) / WHOLE;
        }
    }

    /// @notice The floor that a release must carry so that whoever builds on it still passes `floorPpm` on to a
    /// release that it passes `weightPpm` to: floor / weight in ppm, rounded up.
    /// @dev Requires weightPpm >= 1. Never above WHOLE while weightPpm >= floorPpm.
    function inheritedFloorUp(uint256 floorPpm, uint256 weightPpm) internal pure returns (uint256) {
        unchecked {
            return (floorPpm * WHOLE + weightPpm - 1) / weightPpm;
        }
    }
}
