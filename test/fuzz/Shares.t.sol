// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Contribution, IFeeLedger} from "../../contracts/interfaces/IFeeLedger.sol";
import {Test} from "../support/solidity/Test.sol";
import {Tributary} from "../support/solidity/Tributary.sol";

/// @notice A share id wider than an asset id would alias one: nobody can reach somebody's books that way.
contract SharesTest is Test, Tributary {
    address private constant STRANGER = address(0x57A9);
    uint256 private constant FIRST_FEE = 1e12 + 7;

    uint40 private asset;

    function setUp() public {
        register(new Contribution[](0));
        asset = register(new Contribution[](0));
        dollar.mint(address(this), 1e18);
        dollar.approve(address(ledger), 1e18);
        ledger.payAndSettle(asset, address(dollar), FIRST_FEE, bytes32(0), one(asset));
    }

    function _books() private view returns (bytes32) {
        (uint256 mark, uint256 accrued) = ledger.holdingOf(address(this), asset, address(dollar));
        uint256 claimable = ledger.claimable(address(this), one(asset), address(dollar));
        assertEq(claimable, _ofShareholders(FIRST_FEE), "claimable");
        return keccak256(abi.encode(mark, accrued, claimable));
    }

    /// @dev The shareholders' part of an income: all but the commons' part.
    function _ofShareholders(uint256 income) private pure returns (uint256) {
        return (income * (1_000_000 - COMMONS)) / 1_000_000;
    }

    function test_aWiderIdIsNobodys(uint256 high) public {
        uint256 id = asset + (bound(high, 1, type(uint256).max >> 40) << 40);
        bytes32 before = _books();

        vm.expectRevert(abi.encodeWithSelector(IFeeLedger.UnknownShareId.selector, id));
        vm.prank(STRANGER);
        ledger.safeTransferFrom(STRANGER, address(this), id, 0, "");
        assertEq(_books(), before, "books were touched");
    }

    /// @notice Nor among ids that are right.
    function test_aWiderIdInABatchIsNobodys(uint256 high, uint256 position) public {
        uint256[] memory ids = new uint256[](3);
        for (uint256 i = 0; i < 3; ++i) ids[i] = asset;
        position = bound(position, 0, 2);
        ids[position] += bound(high, 1, type(uint256).max >> 40) << 40;
        bytes32 before = _books();

        vm.expectRevert(abi.encodeWithSelector(IFeeLedger.UnknownShareId.selector, ids[position]));
        vm.prank(STRANGER);
        ledger.safeBatchTransferFrom(STRANGER, address(this), ids, new uint256[](3), "");
        assertEq(_books(), before, "books were touched");
    }

    /// @notice Accrued earnings stay with the seller; later income goes with the shares.
    function test_earningsFollowTheSharesFromTheSaleOn(uint256 shares, uint256 fee) public {
        shares = bound(shares, 0, ALL_SHARES);
        fee = bound(fee, 1, 1e15);
        uint256 earned = ledger.claimable(address(this), one(asset), address(dollar));
        ledger.safeTransferFrom(address(this), STRANGER, asset, shares, "");
        assertEq(ledger.claimable(address(this), one(asset), address(dollar)), earned, "went with the shares");
        assertEq(ledger.claimable(STRANGER, one(asset), address(dollar)), 0, "came with the shares");

        ledger.payAndSettle(asset, address(dollar), fee, bytes32(0), one(asset));
        uint256 later = _ofShareholders(FIRST_FEE + fee) - earned;
        uint256 sellers = earned + (later * (ALL_SHARES - shares)) / ALL_SHARES;
        assertEq(ledger.claimable(address(this), one(asset), address(dollar)), sellers, "the seller's part");
        uint256 buyers = (later * shares) / ALL_SHARES;
        assertEq(ledger.claimable(STRANGER, one(asset), address(dollar)), buyers, "the buyer's part");
    }

    /// @notice However often someone is made to claim, no fraction is lost.
    function test_claimingOftenLosesNothing(uint256 shares, uint8 times) public {
        shares = bound(shares, 1, 5_000);
        ledger.safeTransferFrom(address(this), STRANGER, asset, shares, "");
        uint256 count = bound(times, 1, 40);
        for (uint256 i = 0; i < count; ++i) {
            ledger.payAndSettle(asset, address(dollar), 9_973, bytes32(0), one(asset));
            ledger.claimToCredit(STRANGER, one(asset), address(dollar));
        }
        uint256 income = _ofShareholders(FIRST_FEE + 9_973 * count) - _ofShareholders(FIRST_FEE);
        uint256 credit = ledger.creditOf(STRANGER, address(dollar));
        assertEq(credit, (income * shares) / ALL_SHARES, "lost by claiming often");
    }
}
