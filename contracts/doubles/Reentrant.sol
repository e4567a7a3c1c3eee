// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Address} from "@openzeppelin/contracts/utils/Address.sol";

/// @title Makes one prepared call at a moment when it is called itself, and reverts as that call does
abstract contract Reentrant {
    using Address for address;

    address private _target;
    bytes private _data;

    function prepare(address target, bytes calldata data) external {
        _target = target;
        _data = data;
    }

    /// @notice Makes a call at once.
    function perform(address target, bytes calldata data) external {
        target.functionCall(data);
    }

    function _reenter() internal {
        address target = _target;
        if (target == address(0)) return;
        _target = address(0);
        target.functionCall(_data);
    }
}
