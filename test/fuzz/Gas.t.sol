// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Allocation, Contribution, Kind, Role} from "../../contracts/interfaces/IFeeLedger.sol";
import {AssetDraft, ReleaseDraft} from "../../contracts/interfaces/IAssetRegistry.sol";
import {Test} from "../support/solidity/Test.sol";
import {Tributary} from "../support/solidity/Tributary.sol";

/// @notice Law 5, O(1) pay: what a payment costs does not depend on what its release was built from, and the largest
/// of everything fits far below the 16.7 M gas that a transaction may use.
contract GasTest is Test, Tributary {
    uint256 private constant FAR_BELOW = 16_777_216 / 4;

    uint40 private root;
    uint40 private endOfChain;
    uint40 private wide;

    function setUp() public {
        for (uint256 i = 0; i < 64; ++i) root = register(new Contribution[](0));
        endOfChain = root;
        for (uint256 i = 0; i < 40; ++i) {
            Contribution[] memory previous = new Contribution[](1);
            previous[0] = Contribution(endOfChain, 999_000);
            endOfChain = registry.publish(1, releaseDraft(previous, 0, false));
        }
        wide = registry.publish(1, releaseDraft(_sixtyFour(endOfChain), 0, false));
        dollar.mint(address(this), 1e25);
        dollar.approve(address(ledger), type(uint256).max);
    }

    /// @dev The 63 first releases and `last`.
    function _sixtyFour(uint40 last) private pure returns (Contribution[] memory contributions) {
        contributions = new Contribution[](64);
        for (uint40 i = 0; i < 63; ++i) contributions[i] = Contribution(i + 1, 15_000);
        contributions[63] = Contribution(last, 15_000);
    }

    /// @dev Called from outside, so that the caller's memory is always the same.
    function gasOfPaying(uint40 release, uint256 amount) external returns (uint256 gas) {
        gas = gasleft();
        ledger.pay(release, address(dollar), amount, bytes32(uint256(1)));
        return gas - gasleft();
    }

    function _requireEqualGas(uint256 amount, string memory message) private {
        assertEq(this.gasOfPaying(wide, amount), this.gasOfPaying(root, amount), message);
    }

    /// @notice One with 64 contributions on top of a chain of 40, and one without any: the same, to the unit.
    function test_payingCostsTheSameWhateverTheAncestry(uint256 first, uint256 second) public {
        this.gasOfPaying(1, 1); // warms what every first fee touches
        _requireEqualGas(bound(first, 1, 1e20), "the first fee");
        _requireEqualGas(bound(second, 1, 1e20), "a later fee");
    }

    /// @notice Nor does it depend on what lies unsettled, or was settled.
    function test_payingCostsTheSameWhateverIsSettled(uint256 amount, bool settled) public {
        amount = bound(amount, 1, 1e20);
        this.gasOfPaying(wide, amount);
        this.gasOfPaying(root, amount);
        if (settled) ledger.settle(one(wide), address(dollar));
        _requireEqualGas(amount, "a later fee");
    }

    function test_settlingSixtyFourContributionsIsFarBelowTheCap(uint256 amount) public {
        amount = bound(amount, 1e6, 1e24);
        ledger.pay(wide, address(dollar), amount, bytes32(0));
        uint256 gas = gasleft();
        ledger.settle(one(wide), address(dollar));
        assertLt(gas - gasleft(), FAR_BELOW, "settling");
        for (uint40 id = 2; id <= 63; ++id) {
            (uint256 received, ) = ledger.flowOf(id, address(dollar));
            assertEq(received, (amount * 15_000) / 1_000_000, "did not arrive");
        }
    }

    function test_registeringTheMostIsFarBelowTheCap(uint96 shares) public {
        Allocation[] memory allocations = new Allocation[](64);
        uint96 each = uint96(bound(shares, 1, ALL_SHARES / 64));
        for (uint160 i = 0; i < 63; ++i) allocations[i] = Allocation(address(0xA110 + i), Role.Data, each);
        allocations[63] = Allocation(address(this), Role.Training, ALL_SHARES - 63 * each);
        AssetDraft memory asset = assetDraft(Kind.Model, 1_000, allocations);
        asset.metadata = string(new bytes(8_192));
        ReleaseDraft memory release = releaseDraft(_sixtyFour(wide), 0, true);

        uint256 gas = gasleft();
        uint40 id = registry.register(address(this), asset, release);
        assertLt(gas - gasleft(), FAR_BELOW, "registering");
        assertEq(ledger.releaseInfo(id).contributions.length, 64, "contributions");
        assertEq(ledger.balanceOf(address(0xA110), id), each, "shares");
    }
}
