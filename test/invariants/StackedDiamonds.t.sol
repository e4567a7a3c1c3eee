// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Laws} from "./Laws.sol";

/// @notice The laws, on ten diamonds on top of each other, and what people add.
contract StackedDiamonds is Laws {
    function _start() internal override {
        handler.startWithDiamonds(10);
    }
}
