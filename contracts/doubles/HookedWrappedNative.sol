// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {FeeLedger} from "../FeeLedger.sol";
import {TestWrappedNative} from "./TestWrappedNative.sol";

/// @title A wrapped native token that calls the sender of a transfer, as none may that is admitted
contract HookedWrappedNative is TestWrappedNative {
    function _update(address from, address to, uint256 value) internal override {
        if (from.code.length != 0 && to != address(0)) HookedPayer(payable(from)).onSending();
        super._update(from, to, value);
    }
}

/// @title Pays in native money while a deposit of it is under way, hoping that it counts twice
contract HookedPayer {
    FeeLedger private immutable LEDGER;
    uint40 private immutable RELEASE;

    constructor(FeeLedger ledger, uint40 release) {
        LEDGER = ledger;
        RELEASE = release;
    }

    function depositAndPay(HookedWrappedNative currency) external payable {
        currency.deposit{value: 1}();
        currency.approve(address(LEDGER), 1);
        LEDGER.deposit(address(currency), 1, address(this));
    }

    function onSending() external {
        LEDGER.payNative{value: address(this).balance}(RELEASE, 0);
    }
}
