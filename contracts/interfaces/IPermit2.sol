// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

/// @title Uniswap's Permit2, as far as it is used here: transfers of any ERC-20 by a signature
/// @notice A holder approves Permit2 for a token once, and from then on signs what may be taken, by whom and what for.
interface IPermit2 {
    struct TokenPermissions {
        address token;
        uint256 amount;
    }

    struct PermitTransferFrom {
        TokenPermissions permitted;
        uint256 nonce;
        uint256 deadline;
    }

    struct SignatureTransferDetails {
        address to;
        uint256 requestedAmount;
    }

    /// @notice Takes the owner's tokens with a signature that names the caller as spender.
    /// @param witness The EIP-712 hash of what else was signed.
    /// @param witnessTypeString The end of the signed type, from the witness's own type and name on.
    function permitWitnessTransferFrom(
        PermitTransferFrom calldata permit,
        SignatureTransferDetails calldata transferDetails,
        address owner,
        bytes32 witness,
        string calldata witnessTypeString,
        bytes calldata signature
    ) external;
}
