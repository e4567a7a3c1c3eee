// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Split} from "../../contracts/libraries/Split.sol";

// The properties that the laws stand on, for the compiler's model checker to prove: one property a contract, so that each
// can be checked alone. test/proof/smtchecker.ts runs it. The totals are all that the ledger can hold (112 bits).

uint256 constant WHOLE = 1_000_000;

/// @notice No entitlement falls because the total grows.
contract PortionNeverFalls {
    function proof(uint112 total, uint112 grown, uint24 weight) external pure {
        require(weight <= WHOLE && total <= grown);
        assert(Split.portionDown(grown, weight) >= Split.portionDown(total, weight));
    }
}

/// @notice A part is never above the total.
contract PortionIsAtMostTheTotal {
    function proof(uint112 total, uint24 weight) external pure {
        require(weight <= WHOLE);
        assert(Split.portionDown(total, weight) <= total);
    }
}

/// @notice The unchecked subtraction does not wrap: what is passed on is at most what the total can hold.
contract PortionBetweenDoesNotWrap {
    function proof(uint112 from, uint112 to, uint24 weight) external pure {
        require(weight <= WHOLE && from <= to);
        assert(Split.portionBetween(from, to, weight) <= to);
    }
}

/// @notice Two parts whose weights add up to the whole or less are never more than the total.
contract TwoPortionsFit {
    function proof(uint112 total, uint24 first, uint24 second) external pure {
        require(uint256(first) + second <= WHOLE);
        assert(Split.portionDown(total, first) + Split.portionDown(total, second) <= total);
    }
}

/// @notice Nor are three.
contract ThreePortionsFit {
    function proof(uint112 total, uint24 first, uint24 second, uint24 third) external pure {
        require(uint256(first) + second + third <= WHOLE);
        uint256 sum = Split.portionDown(total, first) + Split.portionDown(total, second);
        assert(sum + Split.portionDown(total, third) <= total);
    }
}

/// @notice Passing on in two steps comes to the same as in one.
contract StepsComeToTheSame {
    function proof(uint112 first, uint112 second, uint112 third, uint24 weight) external pure {
        require(weight <= WHOLE && first <= second && second <= third);
        uint256 steps = Split.portionBetween(first, second, weight) + Split.portionBetween(second, third, weight);
        assert(steps == Split.portionBetween(first, third, weight));
    }
}

/// @notice A step passes on exactly what the entitlement grew by, so any number of steps adds up to the last total's.
contract StepIsTheGrowth {
    function proof(uint112 from, uint112 to, uint24 weight) external pure {
        require(weight <= WHOLE && from <= to);
        uint256 passed = Split.portionDown(from, weight);
        assert(passed + Split.portionBetween(from, to, weight) == Split.portionDown(to, weight));
    }
}

/// @notice The floor handed down is never above the whole, so it fits its place.
contract InheritedFloorFits {
    function proof(uint24 floor, uint24 weight) external pure {
        require(weight >= 1 && weight <= WHOLE && floor <= weight);
        assert(Split.inheritedFloorUp(floor, weight) <= WHOLE);
    }
}

/// @notice The weight of the floor handed down is never under the floor demanded.
contract InheritedFloorHolds {
    function proof(uint24 floor, uint24 weight) external pure {
        require(weight >= 1 && weight <= WHOLE && floor <= weight);
        assert(Split.inheritedFloorUp(floor, weight) * weight >= floor * WHOLE);
    }
}

/// @notice No smaller floor would hold.
contract InheritedFloorIsTheSmallest {
    function proof(uint24 floor, uint24 weight) external pure {
        require(weight >= 1 && weight <= WHOLE && floor <= weight && floor >= 1);
        assert((Split.inheritedFloorUp(floor, weight) - 1) * weight < floor * WHOLE);
    }
}
