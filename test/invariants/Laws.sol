// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {AssetRegistry} from "../../contracts/AssetRegistry.sol";
import {FeeLedger} from "../../contracts/FeeLedger.sol";
import {Contribution, IFeeLedger, Release} from "../../contracts/interfaces/IFeeLedger.sol";
import {Inlets} from "../../contracts/periphery/payments/Inlets.sol";
import {Outlets} from "../../contracts/periphery/payments/Outlets.sol";
import {Test} from "../support/solidity/Test.sol";
import {Handler} from "./Handler.sol";

/// @notice The laws of docs/laws.md, checked after everything that people do. What a check itself does to the ledger is
/// undone by the runner. Law 5 (gas) is in test/fuzz/Gas.t.sol; law 9 (replayable) is the indexer's test.
abstract contract Laws is Test {
    uint256 private constant WHOLE = 1_000_000;
    address private constant STRANGER = address(0x57A9);

    Handler internal handler;
    AssetRegistry private registry;
    FeeLedger private ledger;
    address[] private currencies;
    address[] private actors;

    /// @dev The graph to begin with.
    function _start() internal virtual;

    function setUp() public {
        handler = new Handler();
        registry = handler.registry();
        ledger = handler.ledger();
        currencies = handler.currencies();
        actors = handler.actors();
        _start();
        assertEq(handler.violation(), "", "the start");
        target(address(handler), handler.doings());
    }

    // ---------------------------------------------------------------------------------------------------------- laws

    /// @notice Law 1, solvent: the ledger's balance of each currency covers everything it owes: credit, what is not yet
    /// settled, what shareholders can claim and what is the commons'. And it is what came in less what went out.
    function invariant_solvent() public view {
        for (uint256 c = 0; c < currencies.length; ++c) {
            address currency = currencies[c];
            uint256 balance = _balanceOf(address(ledger), currency);
            assertEq(balance, handler.moneyIn(currency) - handler.moneyOut(currency), "law 1: money came or went");
            assertGe(balance, _unsettled(currency) + _owed(currency), "law 1: not solvent");
        }
    }

    /// @notice Law 2, monotone: whoever pays, settles, claims or sweeps, what anyone has and can have after everything
    /// is settled does not fall. And what can be claimed does not fall by selling the shares.
    function invariant_monotone() public {
        uint256 seed = handler.entropy();
        address currency = _touchedOrAny(seed);
        uint40[] memory list = handler.assets();
        uint40 release = _pick(seed, 1);
        uint256[] memory before = _entitlements(currency);

        _payAsStranger(release, currency, 1 + (seed % 1_000_003));
        before = _requireNoneFell(before, currency, "law 2: fell by a payment");

        vm.prank(STRANGER);
        ledger.settle(_shuffled(seed), currency);
        before = _requireNoneFell(before, currency, "law 2: fell by settling");

        uint256 claimable = ledger.claimable(actors[seed % 6], list, currency);
        _sellEverything(actors[seed % 6], actors[(seed >> 8) % 6], list);
        assertGe(ledger.claimable(actors[seed % 6], list, currency), claimable, "law 2: fell by selling");

        before = _entitlements(currency);
        ledger.claimToCredit(actors[(seed >> 16) % 6], list, currency);
        // A currency that takes a part for itself on the way to a wallet is not the ledger's doing.
        vm.prank(actors[(seed >> 24) % 6]);
        if (handler.arriving(currency, 10) == 10) ledger.claim(list, currency, actors[(seed >> 24) % 6]);
        ledger.sweepCommons(list, currency);
        _requireNoneFell(before, currency, "law 2: fell by a claim");
    }

    /// @notice Law 3, order-free: received, settled and income are at all times what the model says, and so is what
    /// anyone can claim, to the unit. Once everything is settled, in whatever order, they depend on the fees alone.
    function invariant_orderFree() public {
        assertEq(handler.violation(), "", "law 3: an outcome was not as the model says");
        uint256 seed = handler.entropy();
        for (uint256 c = 0; c < 2; ++c) {
            address currency = c == 0 ? handler.touched() : _anyCurrency(seed);
            if (c == 1 && currency == handler.touched()) continue; // what was just settled here is not in the model
            _requireBooksAsModelled(currency);
            for (uint256 i = 0; i < 2; ++i) ledger.settle(_shuffled(seed + i), currency);
            _settleAll(currency);
            _requireEndAsModelled(currency);
        }
    }

    /// @notice Law 3 outside the ledger's books: everybody's wallets are what the model says, and so are the registry's
    /// metadata and identities. No native money stays in the ledger.
    function invariant_asModelled() public view {
        for (uint256 i = 0; i < actors.length; ++i) {
            for (uint256 c = 0; c < currencies.length; ++c) {
                uint256 expected = handler.expectedWallet(currencies[c], actors[i]);
                assertEq(_balanceOf(actors[i], currencies[c]), expected, "a wallet");
            }
            assertEq(actors[i].balance, handler.expectedNative(actors[i]), "native money");
        }
        assertEq(address(ledger).balance, 0, "native money in the ledger");
        uint40[] memory list = handler.assets();
        for (uint256 i = 0; i < list.length; ++i) {
            assertEq(registry.metadataDigest(list[i]), handler.expectedMetadata(list[i]), "metadata");
            (bool bound, uint256 identity) = registry.identityOf(list[i]);
            (bool isBound, uint256 itsIdentity) = handler.expectedIdentity(list[i]);
            assertTrue(bound == isBound && identity == itsIdentity, "an agent's identity");
        }
    }

    /// @notice Law 4, no loss: when everything is settled, all money that came in was paid out, is credit or can be
    /// claimed, but for at most a unit for each edge, release, asset, and account that ever held shares of an asset.
    function invariant_noLoss() public {
        for (uint256 c = 0; c < 2; ++c) {
            address currency = c == 0 ? handler.touched() : _anyCurrency(handler.entropy());
            _settleAll(currency);
            uint256 reachable = handler.moneyOut(currency) + _owed(currency);
            assertLe(handler.moneyIn(currency), reachable + _unitsLostAtMost(), "law 4: money was lost");
        }
    }

    /// @notice Law 6, immutable deals: every release is still what was published, but that it may be retired.
    function invariant_immutableDeals() public view {
        assertEq(ledger.releaseCount(), handler.releaseCount(), "law 6: the number of releases");
        for (uint40 id = 1; id <= ledger.releaseCount(); ++id) {
            Release memory release = ledger.releaseInfo(id);
            assertTrue(release.retired == handler.isRetired(id), "law 6: retired or not");
            assertEq(handler.digest(release), handler.dealOf(id), "law 6: a deal changed");
        }
    }

    /// @notice Law 7, acyclic: every contribution is to an earlier release, and their ids ascend strictly.
    function invariant_acyclic() public view {
        for (uint40 id = 1; id <= ledger.releaseCount(); ++id) {
            Contribution[] memory contributions = ledger.releaseInfo(id).contributions;
            uint256 previous;
            for (uint256 i = 0; i < contributions.length; ++i) {
                assertLt(previous, contributions[i].release, "law 7: not ascending");
                previous = contributions[i].release;
            }
            assertLt(previous, id, "law 7: names itself or a later release");
        }
    }

    /// @notice Law 8, permissionless: a stranger can settle for all and claim for anyone to that account's credit. This
    /// moves no tokens, changes nobody else's credit and takes nothing from anyone. Unknown ids change nothing.
    function invariant_permissionless() public {
        address currency = _touchedOrAny(handler.entropy());
        uint40[] memory list = handler.assets();
        _requireNoOp(currency);
        uint256 balance = _balanceOf(address(ledger), currency);
        vm.prank(STRANGER);
        ledger.settle(_shuffled(handler.entropy()), currency);
        for (uint256 i = 0; i < actors.length; ++i) {
            uint256 credit = ledger.creditOf(actors[i], currency);
            uint256 due = ledger.claimable(actors[i], list, currency);
            assertEq(credit, handler.expectedCredit(currency, actors[i]), "law 8: someone else's credit changed");
            vm.prank(STRANGER);
            uint256 amount = ledger.claimToCredit(actors[i], list, currency);
            assertEq(amount, due, "law 8: not what was due");
            assertEq(ledger.creditOf(actors[i], currency), credit + amount, "law 8: not to the account's credit");
        }
        assertEq(ledger.creditOf(STRANGER, currency), 0, "law 8: the stranger got credit");
        assertEq(_balanceOf(STRANGER, currency), 0, "law 8: the stranger got money");
        assertEq(_balanceOf(address(ledger), currency), balance, "law 8: tokens moved");
    }

    /// @notice Passive recipients: an outlet passes on to its account and to nobody else, and an inlet collects for its
    /// release. The shares of neither move by it: only the account moves an outlet's shares, and nobody an inlet's.
    function invariant_passiveRecipients() public {
        address currency = _touchedOrAny(handler.entropy());
        address[] memory passive = handler.passive();
        for (uint256 i = 0; i < passive.length; ++i) {
            if (handler.accountOf(passive[i]) != address(0)) _requirePassed(passive[i], currency);
            else _requireCollected(passive[i], uint40(i + 1), currency);
            uint40[] memory list = handler.assets();
            for (uint256 j = 0; j < list.length; ++j) {
                uint256 shares = handler.sharesOf(list[j], passive[i]);
                assertEq(ledger.balanceOf(passive[i], list[j]), shares, "shares of a passive recipient moved");
            }
        }
        assertEq(_balanceOf(STRANGER, currency), 0, "the stranger got money");
    }

    /// @notice Law 10, floors at any depth: of a fee paid to any release, what each release that it was built from
    /// demands reaches that one, less at most a unit for each edge on the way. And no release keeps less than its
    /// asset's keep.
    function invariant_floors() public {
        address currency = address(handler.fresh());
        uint40 latest = ledger.releaseCount();
        uint40 other = _pick(handler.entropy(), 10);
        uint256 fee = 1 + (handler.entropy() % 1e9);
        _payAsStranger(latest, currency, fee);
        _payAsStranger(other, currency, fee);
        _settleAll(currency);
        uint256[] memory promised = handler.promisedByFloors(latest, fee);
        uint256[] memory promisedToo = handler.promisedByFloors(other, fee);
        for (uint40 id = 1; id <= latest; ++id) {
            (uint256 received, ) = ledger.flowOf(id, currency);
            uint256 least = promised[id] + (id <= other ? promisedToo[id] : 0);
            assertGe(received, least, "law 10: less than the floor arrived");
        }
        for (uint40 id = 1; id <= ledger.releaseCount(); ++id) {
            assertGe(ledger.releaseInfo(id).ownWeight, handler.keepOf(id), "law 10: keeps less than promised");
        }
    }

    /// @notice At the end of each run everybody takes out all there is, and nothing that was anyone's stays behind.
    function afterInvariant() public {
        for (uint256 c = 0; c < currencies.length; ++c) {
            address currency = currencies[c];
            uint40[] memory list = handler.assets();
            _settleAll(currency);
            ledger.sweepCommons(list, currency);
            for (uint256 i = 0; i < actors.length; ++i) {
                if (handler.accountOf(actors[i]) != address(0)) {
                    _requirePassed(actors[i], currency);
                    continue;
                }
                vm.prank(actors[i]);
                ledger.claim(list, currency, actors[i]);
                uint256 credit = ledger.creditOf(actors[i], currency);
                if (credit == 0) continue;
                vm.prank(actors[i]);
                ledger.withdraw(currency, credit, actors[i]);
            }
            assertEq(_owed(currency), 0, "something is owed after all have left");
            assertLe(_balanceOf(address(ledger), currency), _unitsLostAtMost(), "law 4: money stayed behind");
        }
    }

    // --------------------------------------------------------------------------------------------------- measurements

    function _anyCurrency(uint256 seed) private view returns (address) {
        return currencies[(seed >> 40) % currencies.length];
    }

    function _touchedOrAny(uint256 seed) private view returns (address) {
        return seed % 3 == 0 ? _anyCurrency(seed) : handler.touched();
    }

    function _balanceOf(address account, address currency) private view returns (uint256) {
        return IERC20(currency).balanceOf(account);
    }

    function _unsettled(address currency) private view returns (uint256 sum) {
        for (uint40 id = 1; id <= ledger.releaseCount(); ++id) {
            (uint256 received, uint256 settled) = ledger.flowOf(id, currency);
            sum += received - settled;
        }
    }

    /// @dev Credit, what can be claimed now, and what the commons can be given now.
    function _owed(address currency) private view returns (uint256 sum) {
        uint40[] memory list = handler.assets();
        for (uint256 i = 0; i < actors.length; ++i) {
            sum += ledger.creditOf(actors[i], currency) + ledger.claimable(actors[i], list, currency);
        }
        for (uint256 i = 0; i < list.length; ++i) {
            (uint256 income, uint256 swept) = ledger.incomeOf(list[i], currency);
            sum += (income * ledger.commonsPpm()) / WHOLE - swept;
        }
    }

    function _unitsLostAtMost() private view returns (uint256) {
        return handler.edgeCount() + handler.releaseCount() + handler.assets().length + handler.pairCount();
    }

    /// @dev Sums for each account what it holds, has in credit, and could claim if everything were settled; the commons last.
    function _entitlements(address currency) private returns (uint256[] memory amounts) {
        uint256 snapshot = vm.snapshotState();
        _settleAll(currency);
        uint40[] memory list = handler.assets();
        ledger.sweepCommons(list, currency);
        amounts = new uint256[](actors.length);
        for (uint256 i = 0; i < actors.length; ++i) {
            amounts[i] =
                _balanceOf(actors[i], currency) +
                ledger.creditOf(actors[i], currency) +
                ledger.claimable(actors[i], list, currency);
        }
        vm.revertToState(snapshot);
    }

    function _requireNoneFell(
        uint256[] memory before,
        address currency,
        string memory message
    ) private returns (uint256[] memory afterwards) {
        afterwards = _entitlements(currency);
        for (uint256 i = 0; i < actors.length; ++i) assertGe(afterwards[i], before[i], message);
    }

    function _requireBooksAsModelled(address currency) private view {
        (uint256[] memory received, uint256[] memory settled) = handler.expectedFlows(currency);
        for (uint40 id = 1; id < received.length; ++id) {
            (uint256 hasReceived, uint256 hasSettled) = ledger.flowOf(id, currency);
            assertEq(hasReceived, received[id], "law 3: received");
            assertEq(hasSettled, settled[id], "law 3: settled");
        }
        uint40[] memory list = handler.assets();
        for (uint256 i = 0; i < list.length; ++i) {
            (uint256 income, uint256 swept) = ledger.incomeOf(list[i], currency);
            (uint256 expectedIncome, uint256 expectedSwept) = handler.expectedIncome(currency, list[i]);
            assertEq(income, expectedIncome, "law 3: income");
            assertEq(swept, expectedSwept, "law 3: commons");
        }
        for (uint256 i = 0; i < actors.length; ++i) {
            uint256 claimable = ledger.claimable(actors[i], list, currency);
            assertEq(claimable, handler.expectedClaimable(currency, actors[i]), "law 3: claimable");
            uint256 credit = ledger.creditOf(actors[i], currency);
            assertEq(credit, handler.expectedCredit(currency, actors[i]), "law 3: credit");
        }
    }

    function _requireEndAsModelled(address currency) private view {
        (uint256[] memory received, uint256[] memory kept) = handler.expectedInTheEnd(currency);
        for (uint40 id = 1; id < received.length; ++id) {
            (uint256 hasReceived, uint256 hasSettled) = ledger.flowOf(id, currency);
            assertEq(hasReceived, received[id], "law 3: received in the end");
            assertEq(hasSettled, received[id], "law 3: settled in the end");
            (uint256 income, ) = ledger.incomeOf(id, currency);
            assertEq(income, kept[id], "law 3: income in the end");
        }
    }

    /// @dev Nothing due and no such release: no event, and no books for it.
    function _requireNoOp(address currency) private {
        uint40[] memory unknown = new uint40[](3);
        unknown[1] = ledger.releaseCount() + 1;
        unknown[2] = type(uint40).max;
        vm.recordLogs();
        ledger.settle(unknown, currency);
        assertEq(vm.getRecordedLogs().length, 0, "law 8: unknown releases were settled");
        assertEq(ledger.claimToCredit(actors[0], unknown, currency), 0, "law 8: unknown assets paid");
        assertEq(ledger.sweepCommons(unknown, currency), 0, "law 8: unknown assets were swept");
    }

    function _requirePassed(address outlet, address currency) private {
        uint40[] memory list = handler.assets();
        address account = handler.accountOf(outlet);
        uint256 owed = ledger.creditOf(outlet, currency) + ledger.claimable(outlet, list, currency);
        uint256 lying = _balanceOf(outlet, currency);
        uint256 before = _balanceOf(account, currency);
        Outlets outlets = handler.outlets();
        vm.prank(STRANGER);
        assertEq(outlets.pass(account, list, currency), owed + lying, "an outlet did not pass all");
        uint256 arrived = handler.arriving(currency, owed) + handler.arriving(currency, lying);
        assertEq(_balanceOf(account, currency), before + arrived, "an outlet's account did not get all");
        assertEq(_balanceOf(outlet, currency) + ledger.creditOf(outlet, currency), 0, "an outlet kept money");
    }

    function _requireCollected(address inlet, uint40 release, address currency) private {
        uint40[] memory list = handler.assets();
        uint256 owed = ledger.creditOf(inlet, currency) + ledger.claimable(inlet, list, currency);
        uint256 due = _balanceOf(inlet, currency) + handler.arriving(currency, owed);
        (uint256 before, ) = ledger.flowOf(release, currency);
        Inlets inlets = handler.inlets();
        vm.prank(STRANGER);
        uint256 received = inlets.collect(release, list, currency);
        assertEq(received, handler.arriving(currency, due), "an inlet did not collect all");
        (uint256 flow, ) = ledger.flowOf(release, currency);
        assertEq(flow, before + received, "an inlet's release did not get all");
        assertEq(_balanceOf(inlet, currency) + ledger.creditOf(inlet, currency), 0, "an inlet kept money");
    }

    // --------------------------------------------------------------------------------------------------------- doings

    function _payAsStranger(uint40 release, address currency, uint256 amount) private {
        handler.mint(currency, STRANGER, amount);
        vm.prank(STRANGER);
        IERC20(currency).approve(address(ledger), amount);
        vm.prank(STRANGER);
        ledger.pay(release, currency, amount, bytes32(0));
    }

    function _sellEverything(address from, address to, uint40[] memory list) private {
        uint256[] memory ids = new uint256[](list.length);
        uint256[] memory shares = new uint256[](list.length);
        for (uint256 i = 0; i < list.length; ++i) {
            ids[i] = list[i];
            shares[i] = ledger.balanceOf(from, list[i]);
        }
        vm.prank(from);
        ledger.safeBatchTransferFrom(from, to, ids, shares, "");
    }

    function _settleAll(address currency) private {
        ledger.settle(_descending(ledger.releaseCount()), currency);
    }

    function _pick(uint256 seed, uint256 salt) private view returns (uint40) {
        return uint40(1 + (uint256(keccak256(abi.encode(seed, salt))) % ledger.releaseCount()));
    }

    function _descending(uint40 from) private pure returns (uint40[] memory list) {
        list = new uint40[](from);
        for (uint40 i = 0; i < from; ++i) list[i] = from - i;
    }

    /// @dev All releases in some order.
    function _shuffled(uint256 seed) private view returns (uint40[] memory list) {
        list = _descending(ledger.releaseCount());
        for (uint256 i = list.length - 1; i > 0; --i) {
            seed = uint256(keccak256(abi.encode(seed)));
            uint256 j = seed % (i + 1);
            (list[i], list[j]) = (list[j], list[i]);
        }
    }
}
