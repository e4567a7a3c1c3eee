// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IFeeLedger} from "../interfaces/IFeeLedger.sol";

/// @notice A total that only grows and the part of it that was dealt with, in one slot. A release's total is what it
/// received and its done what it settled; an asset's total is its income and its done what the commons got of it.
/// @param packed total in the low 128 bits, done in the high 128 bits. Always done <= total <= MAX_TOTAL.
struct Tally {
    uint256 packed;
}

using Tallies for Tally global;

/// @dev Times 1e8 shares it fits the accrued amount of a holding (144 bits), and itself its mark (112 bits).
uint256 constant MAX_TOTAL = type(uint112).max;

library Tallies {
    function read(Tally storage tally) internal view returns (uint256 total, uint256 done) {
        uint256 packed = tally.packed;
        return (uint128(packed), packed >> 128);
    }

    /// @dev Adds to the total.
    function add(Tally storage tally, uint256 amount) internal {
        unchecked {
            uint256 packed = tally.packed;
            // No overflow into the upper half: the new total is at most MAX_TOTAL, and the old one was.
            if (amount > MAX_TOTAL - uint128(packed)) revert IFeeLedger.CounterOverflow();
            tally.packed = packed + amount;
        }
    }

    /// @dev Requires done <= total, and total as it was read.
    function setDone(Tally storage tally, uint256 total, uint256 done) internal {
        tally.packed = (done << 128) | total;
    }
}
