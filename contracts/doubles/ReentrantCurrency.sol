// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Reentrant} from "./Reentrant.sol";
import {TestCurrency} from "./TestCurrency.sol";

/// @title A token that makes a prepared call on its next transfer, after the balances have changed
contract ReentrantCurrency is TestCurrency("Reentrant", "REE", 6), Reentrant {
    function _update(address from, address to, uint256 value) internal override {
        super._update(from, to, value);
        _reenter();
    }
}
