// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Release} from "../../contracts/interfaces/IFeeLedger.sol";
import {FeeLedger} from "../../contracts/FeeLedger.sol";
import {Test} from "../support/Test.sol";
import {Handler} from "./Handler.sol";

/// @notice The invariants say little unless people really do things. Over a long run they do.
contract HandlerTest is Test {
    function test_everythingHappens() public {
        for (uint256 seed = 1; seed <= 4; ++seed) _requireThatEverythingHappens(seed);
    }

    function _requireThatEverythingHappens(uint256 seed) private {
        Handler handler = new Handler();
        FeeLedger ledger = handler.ledger();
        handler.start(3);
        bytes4[] memory doings = handler.doings();
        for (uint256 i = 0; i < 400; ++i) {
            uint256 choice = uint256(keccak256(abi.encode(seed, i)));
            (bool done, ) = address(handler).call(abi.encodeWithSelector(doings[choice % doings.length], choice));
            assertTrue(done, "the handler reverted");
        }
        assertEq(handler.violation(), "", "not as the model says");

        assertGe(handler.refused(), 1, "nothing was refused");
        assertGe(handler.releaseCount(), 40, "few releases");
        assertGe(handler.pairCount(), 15, "few shareholders");
        assertGe(_deepest(ledger), 6, "no deep ancestry");
        assertGe(_widest(ledger), 6, "no wide release");
        for (uint256 c = 0; c < 2; ++c) {
            address currency = address(handler.currencies()[c]);
            assertGe(handler.moneyIn(currency), 1e9, "little was paid");
            assertGe(handler.moneyOut(currency), 1e6, "little was taken out");
            (uint256 earning, uint256 sweptFrom) = _incomes(handler, currency);
            assertGe(earning, 3, "few assets earned anything");
            assertGe(sweptFrom, 2, "the commons got little");
        }
    }

    function _widest(FeeLedger ledger) private view returns (uint256 widest) {
        for (uint40 id = 1; id <= ledger.releaseCount(); ++id) {
            uint256 width = ledger.releaseInfo(id).contributions.length;
            if (width > widest) widest = width;
        }
    }

    function _deepest(FeeLedger ledger) private view returns (uint256 deepest) {
        uint256[] memory depths = new uint256[](ledger.releaseCount() + 1);
        for (uint40 id = 1; id < depths.length; ++id) {
            Release memory release = ledger.releaseInfo(id);
            for (uint256 i = 0; i < release.contributions.length; ++i) {
                uint256 depth = depths[release.contributions[i].release] + 1;
                if (depth > depths[id]) depths[id] = depth;
            }
            if (depths[id] > deepest) deepest = depths[id];
        }
    }

    /// @dev How many assets have income, and of how many the commons got some.
    function _incomes(Handler handler, address currency) private view returns (uint256 earning, uint256 sweptFrom) {
        uint40[] memory assets = handler.assets();
        for (uint256 i = 0; i < assets.length; ++i) {
            (uint256 income, uint256 swept) = handler.ledger().incomeOf(assets[i], currency);
            if (income != 0) ++earning;
            if (swept != 0) ++sweptFrom;
        }
    }
}
