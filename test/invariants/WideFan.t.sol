// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Laws} from "./Laws.sol";

/// @notice The laws, on two releases that name the same sixty-four, and what people add.
contract WideFan is Laws {
    function _start() internal override {
        handler.startWithFan();
    }
}
