// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Reentrant} from "./Reentrant.sol";

/// @title A wallet that makes a prepared call when it is sent native money
contract ReentrantWallet is Reentrant {
    receive() external payable {
        _reenter();
    }
}
