// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// @title The wrapped form of a chain's native money, as every chain has it
interface IWrappedNative is IERC20 {
    /// @notice Turns the native money sent along into as many tokens of the caller.
    function deposit() external payable;

    /// @notice Turns tokens of the caller into native money, sent to the caller.
    function withdraw(uint256 amount) external;
}
