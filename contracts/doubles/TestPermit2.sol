// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";
import {IPermit2} from "../interfaces/IPermit2.sol";

/// @title Permit2 for tests, written from its published interface and message types
/// @notice Like Permit2 in what is signed, what is refused, in which order and with which error, when one token is moved by
/// signature. Batches, allowances and events are absent: nothing here uses them. The tests that use it can be run against
/// Permit2's own code too: see `payWithPermit2.test.ts`.
contract TestPermit2 is IPermit2 {
    using SafeERC20 for IERC20;

    bytes32 private constant DOMAIN_TYPEHASH = keccak256(
        "EIP712Domain(string name,uint256 chainId,address verifyingContract)"
    );
    string private constant TOKEN_TYPE = "TokenPermissions(address token,uint256 amount)";
    string private constant FIELDS = "TokenPermissions permitted,address spender,uint256 nonce,uint256 deadline";

    /// @notice A nonce is used if its lowest 8 bits name a bit that is set in the word that its other bits name.
    mapping(address owner => mapping(uint256 word => uint256 bits)) public nonceBitmap;

    error InvalidAmount(uint256 maxAmount);
    error InvalidContractSignature();
    error InvalidNonce();
    error InvalidSignature();
    error InvalidSignatureLength();
    error InvalidSigner();
    error SignatureExpired(uint256 signatureDeadline);

    function permitTransferFrom(
        PermitTransferFrom calldata permit,
        SignatureTransferDetails calldata transferDetails,
        address owner,
        bytes calldata signature
    ) external {
        bytes32 typeHash = keccak256(bytes.concat("PermitTransferFrom(", bytes(FIELDS), ")", bytes(TOKEN_TYPE)));
        _transfer(permit, transferDetails, owner, keccak256(bytes.concat(typeHash, _encode(permit))), signature);
    }

    /// @inheritdoc IPermit2
    function permitWitnessTransferFrom(
        PermitTransferFrom calldata permit,
        SignatureTransferDetails calldata transferDetails,
        address owner,
        bytes32 witness,
        string calldata witnessTypeString,
        bytes calldata signature
    ) external {
        bytes32 typeHash = keccak256(
            bytes.concat("PermitWitnessTransferFrom(", bytes(FIELDS), ",", bytes(witnessTypeString))
        );
        bytes32 structHash = keccak256(bytes.concat(typeHash, _encode(permit), witness));
        _transfer(permit, transferDetails, owner, structHash, signature);
    }

    /// @notice Calls back whatever the caller has signed with the nonces of these bits of a word.
    function invalidateUnorderedNonces(uint256 word, uint256 mask) external {
        nonceBitmap[msg.sender][word] |= mask;
    }

    /// @dev The {FIELDS}: the spender is who asks for the money.
    function _encode(PermitTransferFrom calldata permit) private view returns (bytes memory) {
        bytes32 permitted = keccak256(abi.encode(keccak256(bytes(TOKEN_TYPE)), permit.permitted));
        return abi.encode(permitted, msg.sender, permit.nonce, permit.deadline);
    }

    function _transfer(
        PermitTransferFrom calldata permit,
        SignatureTransferDetails calldata details,
        address owner,
        bytes32 structHash,
        bytes calldata signature
    ) private {
        if (block.timestamp > permit.deadline) revert SignatureExpired(permit.deadline);
        if (details.requestedAmount > permit.permitted.amount) revert InvalidAmount(permit.permitted.amount);
        _use(owner, permit.nonce);
        _check(owner, structHash, signature);
        bool moved = IERC20(permit.permitted.token).trySafeTransferFrom(owner, details.to, details.requestedAmount);
        // Permit2 gives this reason, not an error of its own.
        // solhint-disable-next-line gas-custom-errors
        require(moved, "TRANSFER_FROM_FAILED");
    }

    function _use(address owner, uint256 nonce) private {
        uint256 bit = 1 << (nonce & 0xff);
        uint256 bits = nonceBitmap[owner][nonce >> 8];
        if (bits & bit != 0) revert InvalidNonce();
        nonceBitmap[owner][nonce >> 8] = bits | bit;
    }

    /// @dev Neither {SignatureChecker} nor {ECDSA-recover}: Permit2 has an error for each fault, and takes a high `s`.
    function _check(address owner, bytes32 structHash, bytes calldata signature) private view {
        // Made at each call, since tests put this code at Permit2's address without its constructor.
        bytes32 domain = keccak256(abi.encode(DOMAIN_TYPEHASH, keccak256("Permit2"), block.chainid, address(this)));
        bytes32 hash = MessageHashUtils.toTypedDataHash(domain, structHash);
        if (owner.code.length != 0) {
            bytes4 answer = IERC1271(owner).isValidSignature(hash, signature);
            if (answer != IERC1271.isValidSignature.selector) revert InvalidContractSignature();
            return;
        }
        if (signature.length != 64 && signature.length != 65) revert InvalidSignatureLength();
        (uint8 v, bytes32 r, bytes32 s) = ECDSA.parseCalldata(signature);
        address signer = ecrecover(hash, v, r, s);
        if (signer == address(0)) revert InvalidSignature();
        if (signer != owner) revert InvalidSigner();
    }
}
