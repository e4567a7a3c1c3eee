// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {TestCurrency} from "./TestCurrency.sol";

/// @title A token that answers false, where others revert, and moves nothing; once it is stuck it always does
contract FalseCurrency is TestCurrency("False", "FLS", 6) {
    bool public stuck;

    function setStuck(bool isStuck) external {
        stuck = isStuck;
    }

    function transfer(address to, uint256 value) public override returns (bool) {
        if (stuck || balanceOf(msg.sender) < value) return false;
        return super.transfer(to, value);
    }

    function transferFrom(address from, address to, uint256 value) public override returns (bool) {
        if (stuck || balanceOf(from) < value || allowance(from, msg.sender) < value) return false;
        return super.transferFrom(from, to, value);
    }
}
