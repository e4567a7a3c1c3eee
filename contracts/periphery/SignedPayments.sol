// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC3009} from "@openzeppelin/contracts/interfaces/draft-IERC3009.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {IFeeLedger} from "../interfaces/IFeeLedger.sol";

/// @notice A fee that its payer signed (ERC-3009) and anyone may submit.
/// @param payer Who signed and pays.
/// @param release The release to pay.
/// @param currency An admitted currency with `receiveWithAuthorization`.
/// @param amount Base units.
/// @param ref The fee's reference.
/// @param salt Any number: tells apart what is otherwise alike.
/// @param validAfter Seconds since 1970: not before.
/// @param validBefore Seconds since 1970: not from then on.
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

/// @title SignedPayments: fees from people without gas
/// @notice The payer signs the currency's `ReceiveWithAuthorization` with this contract as `to` and {nonceOf} as nonce.
/// Since the nonce is a digest of the release and the reference, whoever submits it can neither send the money elsewhere
/// nor use the signature twice. Holds nothing between calls.
contract SignedPayments {
    using SafeERC20 for IERC20;

    IFeeLedger private immutable LEDGER;

    constructor(IFeeLedger ledger) {
        LEDGER = ledger;
    }

    /// @notice The nonce that the payer signs.
    function nonceOf(SignedPayment calldata payment) public view returns (bytes32) {
        return keccak256(abi.encode(address(this), payment.release, payment.ref, payment.salt));
    }

    /// @notice Pays a signed fee. Anyone may submit it.
    /// @return received Base units that became a fee.
    function pay(SignedPayment calldata payment, uint8 v, bytes32 r, bytes32 s) external returns (uint256 received) {
        IERC20 currency = IERC20(payment.currency);
        uint256 before = currency.balanceOf(address(this));
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
        uint256 arrived = currency.balanceOf(address(this)) - before;
        currency.forceApprove(address(LEDGER), arrived);
        return LEDGER.payFor(payment.payer, payment.release, payment.currency, arrived, payment.ref);
    }
}
