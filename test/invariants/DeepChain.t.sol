// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Laws} from "./Laws.sol";

/// @notice The laws, on a line of forty releases, and what people add.
contract DeepChain is Laws {
    function _start() internal override {
        handler.startWithChain(40);
    }
}
