// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Laws} from "./Laws.sol";

/// @notice The laws, on whatever graph people build from three plain assets.
contract RandomDag is Laws {
    function _start() internal override {
        handler.start(3);
    }
}
