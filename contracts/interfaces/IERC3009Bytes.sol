// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

/// @title ERC-3009 with signatures of any form, as the large dollar stablecoins have it (FiatToken since 2.2)
/// @notice ERC-3009 itself lacks this: its v, r and s can come from a key only, never from a contract wallet (ERC-1271).
interface IERC3009Bytes {
    /// @notice Moves `value` from `from`, who signed it, to the caller, who must be `to`.
    function receiveWithAuthorization(
        address from,
        address to,
        uint256 value,
        uint256 validAfter,
        uint256 validBefore,
        bytes32 nonce,
        bytes calldata signature
    ) external;
}
