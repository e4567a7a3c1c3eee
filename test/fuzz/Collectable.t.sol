// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Contribution} from "../../contracts/interfaces/IFeeLedger.sol";
import {ReleasePreview} from "../../contracts/periphery/lens/ReleasePreview.sol";
import {Test} from "../support/solidity/Test.sol";
import {Tributary} from "../support/solidity/Tributary.sol";

/// @notice Whatever was paid, settled, sold and claimed before, and whatever lists are named: what is foretold is paid.
contract CollectableTest is Test, Tributary {
    uint40 private constant RELEASES = 8;
    address private constant HOLDER = address(0xB0B);
    address private constant WALLET = address(0xA11E7);

    ReleasePreview private preview;
    uint256 private seed;

    function setUp() public {
        preview = new ReleasePreview(ledger);
        for (uint40 id = 1; id <= RELEASES; ++id) {
            Contribution[] memory contributions = new Contribution[](id > 4 ? 4 : id - 1);
            for (uint40 i = 0; i < contributions.length; ++i) {
                uint40 parent = id - uint40(contributions.length) + i;
                contributions[i] = Contribution(parent, uint24(100_000 + parent * 7_919));
            }
            register(contributions);
            ledger.safeTransferFrom(address(this), HOLDER, id, 12_345_678 + id, "");
        }
        dollar.mint(address(this), 1e30);
        dollar.approve(address(ledger), 1e30);
    }

    function test_isWhatCollectPays(uint256 seed_) public {
        seed = seed_;
        for (uint256 round = 0; round < 4; ++round) {
            for (uint256 i = _any(4); i > 0; --i) {
                ledger.pay(uint40(1 + _any(RELEASES)), address(dollar), 1 + _any(_any(2) == 0 ? 9 : 1e12), bytes32(0));
            }
            if (_any(2) == 0) ledger.settle(_list(), address(dollar));
            if (_any(2) == 0) {
                ledger.safeTransferFrom(address(this), HOLDER, 1 + _any(RELEASES), _any(1_000_000), "");
            }
            uint40[] memory releases = _any(2) == 0 ? descending(RELEASES, 1) : _list();
            uint40[] memory assets = _list();
            uint256 foretold = preview.collectable(HOLDER, releases, assets, address(dollar));
            uint256 before = dollar.balanceOf(WALLET);
            vm.prank(HOLDER);
            uint256 paid = ledger.collect(releases, assets, address(dollar), WALLET);
            assertEq(foretold, paid, "not what is paid");
            assertEq(dollar.balanceOf(WALLET) - before, paid, "not what arrives");
        }
    }

    /// @dev In any order, some twice, some that there are not.
    function _list() private returns (uint40[] memory list) {
        list = new uint40[](_any(2 * RELEASES));
        for (uint256 i = 0; i < list.length; ++i) list[i] = uint40(_any(RELEASES + 2));
    }

    function _any(uint256 below) private returns (uint256) {
        seed = uint256(keccak256(abi.encode(seed)));
        return seed % below;
    }
}
