// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Split} from "../../contracts/libraries/Split.sol";
import {Test} from "../support/solidity/Test.sol";

/// @notice The four properties that the laws stand on.
contract SplitTest is Test {
    uint256 private constant WHOLE = 1_000_000;
    uint256 private constant MAX_TOTAL = type(uint112).max;

    /// @notice A part is the largest number of units that is not more than its weight of the total.
    function test_portionIsTheExactPartRoundedDown(uint256 total, uint256 weight) public pure {
        total = bound(total, 0, MAX_TOTAL);
        weight = bound(weight, 0, WHOLE);
        uint256 portion = Split.portionDown(total, weight);
        assertLe(portion * WHOLE, total * weight, "more than the weight's part");
        assertLt(total * weight, (portion + 1) * WHOLE, "a unit less than the weight's part");
    }

    /// @notice No entitlement falls because the total grows.
    function test_portionNeverFalls(uint256 total, uint256 more, uint256 weight) public pure {
        total = bound(total, 0, MAX_TOTAL);
        more = bound(more, 0, MAX_TOTAL - total);
        weight = bound(weight, 0, WHOLE);
        uint256 before = Split.portionDown(total, weight);
        uint256 afterwards = Split.portionDown(total + more, weight);
        assertGe(afterwards, before, "the portion fell");
        assertLe(afterwards - before, more, "the portion grew by more than the total");
        assertEq(Split.portionBetween(total, total + more, weight), afterwards - before, "not the growth");
    }

    /// @notice Whatever weights add up to the whole or less, their parts add up to the total or less, and at most a
    /// unit for each is left of what they cover.
    function test_portionsNeverExceedTheTotal(uint256 total, uint24[] memory weights) public pure {
        total = bound(total, 0, MAX_TOTAL);
        uint256 left = WHOLE;
        uint256 sum;
        for (uint256 i = 0; i < weights.length; ++i) {
            uint256 weight = bound(weights[i], 0, left);
            left -= weight;
            sum += Split.portionDown(total, weight);
        }
        sum += Split.portionDown(total, left);
        assertLe(sum, total, "more than there is");
        assertLe(total, sum + weights.length + 1, "more lost than a unit for each");
    }

    /// @notice Passing a total on in steps, however small, comes to the same as at once.
    function test_stepsComeToTheSameAsOnce(uint96[] memory amounts, uint256 weight) public pure {
        weight = bound(weight, 0, WHOLE);
        uint256 total;
        uint256 passed;
        for (uint256 i = 0; i < amounts.length; ++i) {
            // Every other step is of a few units, where rounding bites.
            uint256 amount = i % 2 == 0 ? amounts[i] : amounts[i] % 7;
            passed += Split.portionBetween(total, total + amount, weight);
            total += amount;
        }
        assertEq(passed, Split.portionDown(total, weight), "the steps add up to something else");
    }

    /// @notice The floor handed down is the smallest at which the weight of it is never under the floor demanded.
    function test_inheritedFloorIsTheSmallestThatHolds(uint256 floor, uint256 weight) public pure {
        weight = bound(weight, 1, WHOLE);
        floor = bound(floor, 0, weight);
        uint256 inherited = Split.inheritedFloorUp(floor, weight);
        assertGe(inherited * weight, floor * WHOLE, "does not hold");
        assertTrue(inherited == 0 || (inherited - 1) * weight < floor * WHOLE, "a smaller one would hold");
        assertLe(inherited, WHOLE, "above the whole");
        assertGe(inherited, floor, "below the floor itself");
    }
}
