// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {TestCurrency} from "./TestCurrency.sol";

/// @title A token that burns a tenth of whatever is moved
contract CutCurrency is TestCurrency("Cut", "CUT", 6) {
    function _update(address from, address to, uint256 value) internal override {
        uint256 cut = from == address(0) || to == address(0) ? 0 : value / 10;
        if (cut != 0) super._update(from, address(0), cut);
        super._update(from, to, value - cut);
    }
}
