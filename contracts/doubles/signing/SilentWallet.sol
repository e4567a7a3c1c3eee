// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

/// @title A contract wallet that refuses signatures without a reason
contract SilentWallet {
    function isValidSignature(bytes32, bytes calldata) external pure returns (bytes4) {
        // solhint-disable-next-line gas-custom-errors, reason-string
        revert();
    }
}
