// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Release} from "../../contracts/interfaces/IFeeLedger.sol";
import {FeeLedger} from "../../contracts/FeeLedger.sol";
import {Test} from "../support/solidity/Test.sol";
import {Handler} from "./Handler.sol";

/// @notice The invariants say little unless people really do things. Over a long run they do.
contract HandlerTest is Test {
    Handler[] private handlers;

    function test_everythingHappens() public {
        for (uint256 seed = 1; seed <= 3; ++seed) _requireThatMuchHappens(seed);
        uint256 sweptFrom;
        for (uint256 c = 0; c < handlers[0].currencies().length; ++c) sweptFrom += _requireThatMoneyMoved(c);
        assertGe(sweptFrom, 4, "the commons got little");
        _requireTimes("release refused");
        _requireTimes("signed grant used");
        _requireTimes("release with signed grants refused");
        _requireTimes("identity bound");
        _requireTimes("paid by permit");
        _requireTimes("permit refused");
        _requireTimes("paid by signature");
        _requireTimes("inlet synced");
        _requireTimes("native inlet synced");
        _requireTimes("inlet collected");
        _requireTimes("outlet passed");
        _requireTimes("outlet passed native money");
        _requireTimes("shares taken out of an outlet");
        _requireTimes("called back");
        _requireTimes("call back refused");
    }

    function _requireThatMuchHappens(uint256 seed) private {
        Handler handler = new Handler();
        handlers.push(handler);
        FeeLedger ledger = handler.ledger();
        handler.start(3);
        bytes4[] memory doings = handler.doings();
        for (uint256 i = 0; i < 550; ++i) {
            uint256 choice = uint256(keccak256(abi.encode(seed, i)));
            (bool done, ) = address(handler).call(abi.encodeWithSelector(doings[choice % doings.length], choice));
            assertTrue(done, "the handler reverted");
        }
        assertEq(handler.violation(), "", "not as the model says");

        assertGe(handler.releaseCount(), 40, "few releases");
        assertGe(handler.pairCount(), 15, "few shareholders");
        assertGe(_deepest(ledger), 6, "no deep ancestry");
        assertGe(_widest(ledger), 6, "no wide release");
    }

    /// @dev Over all runs together.
    function _requireThatMoneyMoved(uint256 c) private view returns (uint256 sweptFrom) {
        uint256 moneyIn;
        uint256 moneyOut;
        uint256 earning;
        for (uint256 i = 0; i < handlers.length; ++i) {
            address currency = handlers[i].currencies()[c];
            moneyIn += handlers[i].moneyIn(currency);
            moneyOut += handlers[i].moneyOut(currency);
            (uint256 itsEarning, uint256 itsSweptFrom) = _incomes(handlers[i], currency);
            earning += itsEarning;
            sweptFrom += itsSweptFrom;
        }
        assertGe(moneyIn, 1e9, "little was paid");
        assertGe(moneyOut, 1e4, "little was taken out");
        assertGe(earning, 3, "few assets earned anything");
    }

    function _requireTimes(string memory what) private view {
        uint256 count;
        for (uint256 i = 0; i < handlers.length; ++i) count += handlers[i].times(what);
        assertGe(count, 1, string.concat("never: ", what));
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

    /// @dev Counts the assets with income, and those from whose income the commons got a part.
    function _incomes(Handler handler, address currency) private view returns (uint256 earning, uint256 sweptFrom) {
        uint40[] memory assets = handler.assets();
        for (uint256 i = 0; i < assets.length; ++i) {
            (uint256 income, uint256 swept) = handler.ledger().incomeOf(assets[i], currency);
            if (income != 0) ++earning;
            if (swept != 0) ++sweptFrom;
        }
    }
}
