// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC3009} from "@openzeppelin/contracts/interfaces/draft-IERC3009.sol";
import {SignedPayment} from "../../contracts/periphery/payments/SignedPayments.sol";
import {Spenders} from "./Spenders.sol";

/// @notice People who pay without an approval: by a permit, by a signed payment that somebody else submits, or by a plain
/// transfer to an inlet.
abstract contract Senders is Spenders {
    bytes32 private constant PERMIT_TYPEHASH = keccak256(
        "Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)"
    );
    bytes32 private constant RECEIVE_TYPEHASH = keccak256(
        "ReceiveWithAuthorization(address from,address to,uint256 value,uint256 validAfter,uint256 validBefore,bytes32 nonce)"
    );

    /// @dev The account that syncs inlets: nobody in particular.
    address internal constant RELAYER = address(0x4E1A);

    /// @dev The addresses to which money was sent once.
    struct Sent {
        uint40 release;
        address currency;
    }

    Sent[] private _sent;

    function _signDollar(address signer, bytes memory what) private view returns (uint8, bytes32, bytes32) {
        bytes32 digest = keccak256(abi.encodePacked(hex"1901", dollar.DOMAIN_SEPARATOR(), keccak256(what)));
        return vm.sign(_keyOf[signer], digest);
    }

    /// @notice Permit and payment in one call. Somebody may use the permit first, or it may be no good.
    function permitAndPay(uint256 seed) external seeded(seed) {
        touched = address(dollar);
        address payer = _anyPerson();
        uint40 release = _anyRelease();
        uint256 amount = _anyAmount(touched);
        vm.prank(payer);
        dollar.approve(address(ledger), 0);

        uint256 how = _any(4);
        address signer = how == 0 ? _actors[(_keyOf[payer]) % 6] : payer; // key k is of actor k - 1: the next one
        bytes[] memory calls = new bytes[](2);
        {
            uint256 nonce = dollar.nonces(payer);
            (uint8 v, bytes32 r, bytes32 s) = _signDollar(
                signer,
                abi.encode(PERMIT_TYPEHASH, payer, address(ledger), amount, nonce, block.timestamp)
            );
            calls[0] = abi.encodeCall(ledger.permit, (touched, amount, block.timestamp, v, r, s));
            if (how == 1) dollar.permit(payer, address(ledger), amount, block.timestamp, v, r, s);
        }
        calls[1] = abi.encodeCall(ledger.pay, (release, touched, amount, bytes32(seed)));

        mint(touched, payer, amount);
        vm.prank(payer);
        (bool done, ) = address(ledger).call(abi.encodeCall(ledger.multicall, (calls)));
        _expect(done == (how != 0), "a permit that was no good paid, or a good one did not");
        if (done) _arrive(payer, release, touched, amount, amount);
        _expect(dollar.allowance(payer, address(ledger)) == 0, "an allowance is left of a permit");
        vm.prank(payer);
        dollar.approve(address(ledger), type(uint256).max);
        ++times[done ? "paid by permit" : "permit refused"];
    }

    /// @dev Money that was outside the ledger became a fee.
    function _arrive(address from, uint40 release, address currency, uint256 amount, uint256 received) internal {
        _wallet[currency][from] -= amount;
        moneyIn[currency] += received;
        _direct[currency][release] += received;
    }

    /// @notice A payment that its payer signed and a relayer submits, who may try to redirect it or to use it twice.
    function paySigned(uint256 seed) external seeded(seed) {
        touched = address(dollar);
        SignedPayment memory payment = SignedPayment({
            payer: _anyPerson(),
            release: _anyRelease(),
            currency: touched,
            amount: _anyAmount(touched),
            ref: bytes32(seed),
            salt: entropy,
            validAfter: 0,
            validBefore: block.timestamp + 1
        });
        mint(touched, payment.payer, payment.amount);
        bytes memory what = abi.encode(
            RECEIVE_TYPEHASH,
            payment.payer,
            address(signedPayments),
            payment.amount,
            payment.validAfter,
            payment.validBefore,
            keccak256(abi.encode(address(signedPayments), payment.release, payment.ref, payment.salt))
        );
        (uint8 v, bytes32 r, bytes32 s) = _signDollar(payment.payer, what);
        bytes memory signature = abi.encode(v, r, s);
        if (_oneIn(3)) _redirect(payment, signature);
        if (_oneIn(8)) return; // never submitted
        _expect(_submit(payment, signature), "a signed payment was refused");
        _arrive(payment.payer, payment.release, touched, payment.amount, payment.amount);
        if (_oneIn(3)) _expect(!_submit(payment, signature), "a signed payment was used twice");
        _expect(dollar.balanceOf(address(signedPayments)) == 0, "money stayed with the signed payments");
        ++times["paid by signature"];
    }

    /// @param signature v, r and s, a word each.
    function _submit(SignedPayment memory payment, bytes memory signature) private returns (bool done) {
        bytes memory data = abi.encodeWithSelector(signedPayments.pay.selector, payment);
        vm.prank(RELAYER);
        (done, ) = address(signedPayments).call(bytes.concat(data, signature));
    }

    /// @dev Something else than what was signed, straight to the currency, or for a wallet.
    function _redirect(SignedPayment memory payment, bytes memory signature) private {
        SignedPayment memory other = abi.decode(abi.encode(payment), (SignedPayment));
        uint256 how = _any(5);
        if (how == 0) other.release = payment.release == 1 ? 2 : 1;
        if (how == 1) other.ref = ~payment.ref;
        if (how == 2) other.amount = payment.amount + 1;
        if (how == 3) other.payer = _actors[(_keyOf[payment.payer]) % 6];
        if (how < 4) return _expect(!_submit(other, signature), "a signed payment was redirected");
        bytes memory data = abi.encodeWithSelector(
            IERC3009.receiveWithAuthorization.selector,
            payment.payer,
            address(signedPayments),
            payment.amount,
            payment.validAfter,
            payment.validBefore,
            signedPayments.nonceOf(payment)
        );
        vm.prank(RELAYER);
        (bool done, ) = address(dollar).call(bytes.concat(data, signature));
        _expect(!done, "a signed payment was taken out of its contract's hands");
    }

    /// @notice A plain transfer to the inlet of a release, that may come to be only later.
    function sendToInlet(uint256 seed) external seeded(seed) {
        uint40 release = _oneIn(4) ? releaseCount() + 1 + uint40(_any(3)) : _anyRelease();
        address currency = _anyCurrency();
        address payer = _anyActor();
        address inlet = inlets.inletOf(release);
        uint256 amount = _anyAmount(currency);
        _sent.push(Sent(release, currency));
        if (currency == address(ether_) && _oneIn(2)) {
            vm.deal(payer, payer.balance + amount);
            vm.prank(payer);
            (bool done, ) = inlet.call{value: amount}("");
            _expect(done, "an inlet refused native money");
            _nativeWallet[inlet] += amount;
            return;
        }
        mint(currency, payer, amount);
        vm.prank(payer);
        IERC20(currency).transfer(inlet, amount);
        _wallet[currency][payer] -= amount;
        _wallet[currency][inlet] += arriving(currency, amount);
    }

    /// @notice Anyone syncs. What has nowhere to go yet stays in the inlet.
    function syncInlet(uint256 seed) external seeded(seed) {
        if (_sent.length == 0) return;
        Sent memory sent = _sent[_any(_sent.length)];
        touched = sent.currency;
        address inlet = inlets.inletOf(sent.release);
        bool native = touched == address(ether_) && (_nativeWallet[inlet] != 0 || _oneIn(4));
        uint256 amount = _wallet[touched][inlet] + (native ? _nativeWallet[inlet] : 0);
        bool allowed = amount != 0 && sent.release <= releaseCount();

        if (_oneIn(8)) _tryToRecover(sent);
        vm.prank(RELAYER);
        (bool done, bytes memory result) = address(inlets).call(
            native
                ? abi.encodeCall(inlets.syncNative, (sent.release))
                : abi.encodeCall(inlets.sync, (sent.release, touched))
        );
        _expect(done == allowed, "an inlet was synced against the rules, or was not");
        if (!done) return;
        uint256 received = arriving(touched, amount);
        _expect(abi.decode(result, (uint256)) == received, "an inlet paid other than what lay there");
        _arrive(address(0), sent.release, touched, 0, received);
        _wallet[touched][inlet] = 0;
        if (native) _nativeWallet[inlet] = 0;
        ++times[native ? "native inlet synced" : "inlet synced"];
    }

    function _tryToRecover(Sent memory sent) private {
        vm.prank(RELAYER);
        (bool done, ) = address(inlets).call(abi.encodeCall(inlets.recover, (sent.release, sent.currency)));
        _expect(!done, "an admitted currency was recovered");
    }
}
