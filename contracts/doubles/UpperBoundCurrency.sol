// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {TestCurrency} from "./TestCurrency.sol";

/// @title A token that takes the amount for an upper bound and moves no more than there is
contract UpperBoundCurrency is TestCurrency("Upper bound", "UPB", 6) {
    function _update(address from, address to, uint256 value) internal override {
        bool tooMuch = from != address(0) && value > balanceOf(from);
        super._update(from, to, tooMuch ? balanceOf(from) : value);
    }
}
