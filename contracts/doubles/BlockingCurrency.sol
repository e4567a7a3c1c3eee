// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {TestCurrency} from "./TestCurrency.sol";

/// @title A token whose issuer can block accounts, as those of most stablecoins can
contract BlockingCurrency is TestCurrency("Blocking", "BLK", 6) {
    mapping(address account => bool) public isBlocked;

    error AccountBlocked(address account);

    function setBlocked(address account, bool blocked) external {
        isBlocked[account] = blocked;
    }

    function _update(address from, address to, uint256 value) internal override {
        if (isBlocked[from]) revert AccountBlocked(from);
        if (isBlocked[to]) revert AccountBlocked(to);
        super._update(from, to, value);
    }
}
