// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {ERC1155Holder} from "@openzeppelin/contracts/token/ERC1155/utils/ERC1155Holder.sol";
import {Address} from "@openzeppelin/contracts/utils/Address.sol";
import {Reentrant} from "../Reentrant.sol";

/// @title An escrow or a vault: it takes tokens, shares and native money, and never calls by itself
/// @dev A test may have it make calls, at once or when it is sent native money.
contract PassiveAccount is ERC1155Holder, Reentrant {
    using Address for address;

    address private _back;

    receive() external payable {
        _answer();
    }

    /// @notice Sends all native money back from now on.
    function passBack(address to) external {
        _back = to;
    }

    function _answer() private {
        _reenter();
        if (_back != address(0)) Address.sendValue(payable(_back), msg.value);
    }

    /// @notice Makes several calls at once.
    function performAll(address target, bytes[] calldata calls) external {
        for (uint256 i = 0; i < calls.length; ++i) target.functionCall(calls[i]);
    }
}
