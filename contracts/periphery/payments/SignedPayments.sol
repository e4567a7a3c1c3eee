// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC3009} from "@openzeppelin/contracts/interfaces/draft-IERC3009.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {IERC3009Bytes} from "../../interfaces/IERC3009Bytes.sol";
import {IFeeLedger} from "../../interfaces/IFeeLedger.sol";
import {IPermit2} from "../../interfaces/IPermit2.sol";

/// @notice A fee that its payer signed (ERC-3009) and anyone may submit.
/// @param payer The account that signed and pays.
/// @param release The release to pay.
/// @param currency An admitted currency with `receiveWithAuthorization`.
/// @param amount Base units.
/// @param ref The fee's reference.
/// @param salt Any number: makes payments differ that are otherwise equal.
/// @param validAfter Seconds since 1970: valid only after this.
/// @param validBefore Seconds since 1970: valid only before this.
struct SignedPayment {
    address payer;
    uint40 release;
    address currency;
    uint256 amount;
    bytes32 ref;
    uint256 salt;
    uint256 validAfter;
    uint256 validBefore;
}

/// @notice A fee that its payer signed for Permit2 and anyone may submit.
/// @param payer The account that signed and pays.
/// @param release The release to pay.
/// @param currency An admitted currency that the payer has approved Permit2 for.
/// @param amount Base units.
/// @param ref The fee's reference.
/// @param nonce Any number that the payer has not used with Permit2 before.
/// @param deadline Seconds since 1970: not valid later than this.
struct Permit2Payment {
    address payer;
    uint40 release;
    address currency;
    uint256 amount;
    bytes32 ref;
    uint256 nonce;
    uint256 deadline;
}

/// @title SignedPayments: fees from people without gas
/// @notice The payer signs, anyone submits. What was signed names this contract, the release and the reference, so whoever
/// submits it can neither send the money elsewhere nor use the signature twice. Holds nothing between calls.
///
/// With a currency that has ERC-3009 the payer signs its `ReceiveWithAuthorization`, with this contract as `to` and
/// {nonceOf} as nonce, a digest of the release and the reference. With any other the payer approves Permit2 once, and signs
/// a `PermitWitnessTransferFrom` with this contract as `spender` and a `Fee` as witness, which wallets show field by field.
contract SignedPayments {
    using SafeERC20 for IERC20;

    bytes32 private constant FEE_TYPEHASH = keccak256("Fee(address payer,uint40 release,bytes32 ref)");
    string private constant WITNESS_TYPE =
        "Fee witness)Fee(address payer,uint40 release,bytes32 ref)TokenPermissions(address token,uint256 amount)";

    IFeeLedger private immutable LEDGER;
    IPermit2 private immutable PERMIT2;

    /// @notice There is no Permit2 on this chain: pay with {pay} or at the ledger, or deploy Permit2, which anyone may.
    error NoPermit2(address permit2);

    /// @param permit2 The address where Permit2 is, or will be: the same on nearly every chain.
    constructor(IFeeLedger ledger, IPermit2 permit2) {
        LEDGER = ledger;
        PERMIT2 = permit2;
    }

    /// @notice The nonce that the payer signs (ERC-3009).
    /// @param payment The payment that is to be signed.
    function nonceOf(SignedPayment calldata payment) public view returns (bytes32) {
        return keccak256(abi.encode(address(this), payment.release, payment.ref, payment.salt));
    }

    /// @notice Pays a signed fee. Anyone may submit it.
    /// @param payment The payment as it was signed.
    /// @param v The signature's last byte, 27 or 28.
    /// @param r The signature's first 32 bytes.
    /// @param s The signature's second 32 bytes.
    /// @return received Base units that became a fee.
    function pay(SignedPayment calldata payment, uint8 v, bytes32 r, bytes32 s) external returns (uint256 received) {
        uint256 before = _balance(payment.currency);
        IERC3009(payment.currency).receiveWithAuthorization(
            payment.payer,
            address(this),
            payment.amount,
            payment.validAfter,
            payment.validBefore,
            nonceOf(payment),
            v,
            r,
            s
        );
        return _payOn(payment.payer, payment.release, payment.currency, payment.ref, before);
    }

    /// @notice Like {pay}, with a signature in whatever form the payer's contract wallet accepts (ERC-1271). Reverts without a
    /// reason if the currency takes v, r and s only: such a wallet pays with {payWithPermit2}.
    /// @param payment The payment as it was signed.
    /// @param signature The signature, in the form that the wallet accepts.
    /// @return received Base units that became a fee.
    function payFromContractWallet(
        SignedPayment calldata payment,
        bytes calldata signature
    ) external returns (uint256 received) {
        uint256 before = _balance(payment.currency);
        IERC3009Bytes(payment.currency).receiveWithAuthorization(
            payment.payer,
            address(this),
            payment.amount,
            payment.validAfter,
            payment.validBefore,
            nonceOf(payment),
            signature
        );
        return _payOn(payment.payer, payment.release, payment.currency, payment.ref, before);
    }

    /// @notice Pays a fee that was signed for Permit2, by an account or a contract wallet (ERC-1271). Anyone may submit it.
    /// The payer must have approved Permit2 for the currency.
    /// @param payment The payment as it was signed.
    /// @param signature The signature, of 65 bytes or in the form that the wallet accepts.
    /// @return received Base units that became a fee.
    function payWithPermit2(
        Permit2Payment calldata payment,
        bytes calldata signature
    ) external returns (uint256 received) {
        if (address(PERMIT2).code.length == 0) revert NoPermit2(address(PERMIT2));
        uint256 before = _balance(payment.currency);
        PERMIT2.permitWitnessTransferFrom(
            IPermit2.PermitTransferFrom({
                permitted: IPermit2.TokenPermissions({token: payment.currency, amount: payment.amount}),
                nonce: payment.nonce,
                deadline: payment.deadline
            }),
            IPermit2.SignatureTransferDetails({to: address(this), requestedAmount: payment.amount}),
            payment.payer,
            // Permit2 itself does not sign the payer: with one key, an account and its wallet would sign alike, and the
            // same signature would take from both.
            keccak256(abi.encode(FEE_TYPEHASH, payment.payer, payment.release, payment.ref)),
            WITNESS_TYPE,
            signature
        );
        return _payOn(payment.payer, payment.release, payment.currency, payment.ref, before);
    }

    /// @dev Pays what has arrived, which is less than was signed if the currency takes a cut.
    function _payOn(
        address payer,
        uint40 release,
        address currency,
        bytes32 ref,
        uint256 before
    ) private returns (uint256 received) {
        uint256 arrived = _balance(currency) - before;
        IERC20(currency).forceApprove(address(LEDGER), arrived);
        return LEDGER.payFor(payer, release, currency, arrived, ref);
    }

    function _balance(address currency) private view returns (uint256) {
        return IERC20(currency).balanceOf(address(this));
    }
}
