// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";
import {Reentrant} from "../Reentrant.sol";

/// @title A wallet that makes a prepared call when it is sent native money, or asked about a signature (ERC-1271)
contract ReentrantWallet is Reentrant {
    receive() external payable {
        _reenter();
    }

    /// @notice Takes any signature. Not a view, as {IERC1271} wants it: that is the trick.
    function isValidSignature(bytes32, bytes calldata) external returns (bytes4) {
        _reenter();
        return IERC1271.isValidSignature.selector;
    }
}
