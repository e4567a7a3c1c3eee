// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {AssetRegistry} from "../../contracts/AssetRegistry.sol";
import {FeeLedger} from "../../contracts/FeeLedger.sol";
import {TestCurrency} from "../../contracts/doubles/TestCurrency.sol";
import {AssetDraft, ReleaseDraft} from "../../contracts/interfaces/IAssetRegistry.sol";
import {Allocation, Contribution, Kind, Role} from "../../contracts/interfaces/IFeeLedger.sol";

/// @notice A registry and its ledger with currencies of 6 and 18 decimals, and short ways to call them.
abstract contract Tributary {
    uint24 internal constant COMMONS = 10_000;
    uint96 internal constant ALL_SHARES = 100_000_000;
    address internal constant COMMONS_BENEFICIARY = address(0xC0);

    AssetRegistry public registry;
    FeeLedger public ledger;
    TestCurrency public dollar;
    TestCurrency public ether_;
    /// @dev Admitted, and left alone by everybody but those who want a clean start.
    TestCurrency public fresh;

    constructor() {
        dollar = new TestCurrency("Dollar", "USD", 6);
        ether_ = new TestCurrency("Ether", "ETH", 18);
        fresh = new TestCurrency("Fresh", "NEW", 0);
        address[] memory currencies = new address[](3);
        currencies[0] = address(dollar);
        currencies[1] = address(ether_);
        currencies[2] = address(fresh);
        registry = new AssetRegistry(address(0xAD), COMMONS, COMMONS_BENEFICIARY, address(0), currencies, address(0));
        ledger = FeeLedger(payable(registry.ledger()));
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
