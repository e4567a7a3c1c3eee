// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IFeeLedger} from "../../contracts/interfaces/IFeeLedger.sol";
import {Tally} from "../../contracts/libraries/Tally.sol";
import {Test} from "../support/solidity/Test.sol";

contract TallyTest is Test {
    uint256 private constant MAX_TOTAL = type(uint112).max;

    Tally private tally;

    function add(uint256 amount) external {
        tally.add(amount);
    }

    function test_keepsTotalAndDone(uint112 first, uint112 second, uint256 done) public {
        second = uint112(bound(second, 0, MAX_TOTAL - first));
        done = bound(done, 0, first);
        tally.add(first);
        tally.setDone(first, done);
        tally.add(second);
        (uint256 total, uint256 isDone) = tally.read();
        assertEq(total, uint256(first) + second, "total");
        assertEq(isDone, done, "done");
    }

    /// @notice An amount that would bring the total to 2^112 or beyond is refused and changes nothing.
    function test_refusesToOverflow(uint112 total, uint256 done, uint256 amount) public {
        done = bound(done, 0, total);
        amount = bound(amount, MAX_TOTAL - total + 1, type(uint256).max);
        tally.add(total);
        tally.setDone(total, done);
        vm.expectRevert(IFeeLedger.CounterOverflow.selector);
        this.add(amount);
        (uint256 stillTotal, uint256 stillDone) = tally.read();
        assertEq(stillTotal, total, "total");
        assertEq(stillDone, done, "done");
    }

    /// @notice The last unit that fits, and the first that does not.
    function test_refusesTheFirstUnitTooMany(uint112 total) public {
        tally.add(total);
        tally.add(MAX_TOTAL - total);
        (uint256 full, ) = tally.read();
        assertEq(full, MAX_TOTAL, "the last unit");
        vm.expectRevert(IFeeLedger.CounterOverflow.selector);
        this.add(1);
    }
}
