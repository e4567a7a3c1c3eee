// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {AssetRegistry} from "../../../contracts/AssetRegistry.sol";
import {FeeLedger} from "../../../contracts/FeeLedger.sol";
import {CutCurrency} from "../../../contracts/doubles/CutCurrency.sol";
import {IdentityRegistry} from "../../../contracts/doubles/IdentityRegistry.sol";
import {ReentrantCurrency} from "../../../contracts/doubles/ReentrantCurrency.sol";
import {SignedCurrency} from "../../../contracts/doubles/SignedCurrency.sol";
import {TestCurrency} from "../../../contracts/doubles/TestCurrency.sol";
import {TestWrappedNative} from "../../../contracts/doubles/TestWrappedNative.sol";
import {AssetDraft, ReleaseDraft} from "../../../contracts/interfaces/IAssetRegistry.sol";
import {Allocation, Contribution, Kind, Role} from "../../../contracts/interfaces/IFeeLedger.sol";
import {IPermit2} from "../../../contracts/interfaces/IPermit2.sol";
import {Inlets} from "../../../contracts/periphery/payments/Inlets.sol";
import {Outlets} from "../../../contracts/periphery/payments/Outlets.sol";
import {SignedPayments} from "../../../contracts/periphery/payments/SignedPayments.sol";

/// @notice A registry and its ledger with all that stands around them, currencies of every sort, and short ways to call
/// them.
abstract contract Tributary {
    uint24 internal constant COMMONS = 10_000;
    uint96 internal constant ALL_SHARES = 100_000_000;
    address internal constant COMMONS_BENEFICIARY = address(0xC0);

    AssetRegistry public registry;
    FeeLedger public ledger;
    Inlets public inlets;
    SignedPayments public signedPayments;
    Outlets public outlets;
    IdentityRegistry public identities;
    /// @dev 6 decimals, and moved by signatures too.
    SignedCurrency public dollar;
    /// @dev 8 decimals.
    TestCurrency public coin;
    /// @dev 18 decimals: native money, wrapped.
    TestWrappedNative public ether_;
    /// @dev Takes a tenth of each transfer.
    CutCurrency public cut;
    /// @dev Calls another contract during each transfer.
    ReentrantCurrency public hostile;
    /// @dev Admitted, and used only by tests that need a currency without history.
    TestCurrency public fresh;

    constructor() {
        dollar = new SignedCurrency();
        coin = new TestCurrency("Coin", "COIN", 8);
        ether_ = new TestWrappedNative();
        cut = new CutCurrency();
        hostile = new ReentrantCurrency();
        fresh = new TestCurrency("Fresh", "NEW", 0);
        identities = new IdentityRegistry();
        address[] memory list = new address[](6);
        list[0] = address(dollar);
        list[1] = address(coin);
        list[2] = address(ether_);
        list[3] = address(cut);
        list[4] = address(hostile);
        list[5] = address(fresh);
        registry = new AssetRegistry(
            address(0xAD),
            COMMONS,
            COMMONS_BENEFICIARY,
            address(ether_),
            list,
            address(identities)
        );
        ledger = FeeLedger(payable(registry.ledger()));
        inlets = new Inlets(ledger);
        signedPayments = new SignedPayments(ledger, IPermit2(address(0)));
        address[] memory entryPoints = new address[](1);
        entryPoints[0] = address(signedPayments);
        outlets = new Outlets(ledger, inlets, entryPoints);
    }

    function releaseDraft(
        Contribution[] memory contributions,
        uint24 floor,
        bool byGrant
    ) internal pure returns (ReleaseDraft memory) {
        return ReleaseDraft(contributions, floor, byGrant, "1", bytes32(0), "");
    }

    function assetDraft(
        Kind kind,
        uint24 keep,
        Allocation[] memory allocations
    ) internal pure returns (AssetDraft memory) {
        return AssetDraft(kind, keep, "{}", allocations);
    }

    function allTo(address account) internal pure returns (Allocation[] memory allocations) {
        allocations = new Allocation[](1);
        allocations[0] = Allocation(account, Role.Other, ALL_SHARES);
    }

    /// @dev Registers a dataset of this contract.
    function register(Contribution[] memory contributions) internal returns (uint40) {
        return
            registry.register(
                address(this),
                assetDraft(Kind.Dataset, 0, allTo(address(this))),
                releaseDraft(contributions, 0, false)
            );
    }

    function one(uint40 id) internal pure returns (uint40[] memory list) {
        list = new uint40[](1);
        list[0] = id;
    }

    /// @dev from, from - 1, … to.
    function descending(uint40 from, uint40 to) internal pure returns (uint40[] memory list) {
        list = new uint40[](from >= to ? from - to + 1 : 0);
        for (uint40 i = 0; i < list.length; ++i) list[i] = from - i;
    }
}
