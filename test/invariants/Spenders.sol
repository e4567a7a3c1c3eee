// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {Publishers} from "./Publishers.sol";

/// @notice Acts on the ledger: people pay, settle, claim, spend and trade shares, one call at a time or several
/// in one.
abstract contract Spenders is Publishers {
    // Each of these chooses a call of the ledger for a sender, in a currency if it names one, and brings the model to where
    // it will be afterwards. It returns the call and what the ledger must return; no call if there is nothing to do.

    function _pay(address sender, address currency) internal returns (bytes memory, bytes memory) {
        uint256 amount = _anyAmount(currency);
        uint40 release = _anyRelease();
        uint256 received = _payIn(sender, currency, amount);
        _direct[currency][release] += received;
        bytes32 ref = bytes32(_any(10));
        bytes memory data =
            _oneIn(2)
                ? abi.encodeCall(ledger.pay, (release, currency, amount, ref))
                : abi.encodeCall(ledger.payFor, (_anyActor(), release, currency, amount, ref));
        return (data, abi.encode(received));
    }

    function _payAndSettle(address sender, address currency) private returns (bytes memory, bytes memory) {
        uint256 amount = _anyAmount(currency);
        uint40 release = _anyRelease();
        uint40[] memory list = _oneIn(2) ? descending(release, 1) : _anyIds(8);
        uint256 received = _payIn(sender, currency, amount);
        _direct[currency][release] += received;
        _modelSettle(currency, list);
        return (
            abi.encodeCall(ledger.payAndSettle, (release, currency, amount, bytes32(0), list)),
            abi.encode(received)
        );
    }

    function _payFromCredit(address sender, address currency) internal returns (bytes memory, bytes memory) {
        uint256 credit = _credit[currency][sender];
        if (credit == 0) return ("", "");
        uint256 amount = 1 + _any(credit);
        uint40 release = _anyRelease();
        _credit[currency][sender] -= amount;
        _direct[currency][release] += amount;
        return (abi.encodeCall(ledger.payFromCredit, (release, currency, amount, bytes32(0))), "");
    }

    function _deposit(address sender, address currency) internal returns (bytes memory, bytes memory) {
        uint256 amount = _anyAmount(currency);
        address account = _oneIn(2) ? _anyActor() : _anyContributor();
        uint256 received = _payIn(sender, currency, amount);
        _credit[currency][account] += received;
        return (abi.encodeCall(ledger.deposit, (currency, amount, account)), abi.encode(received));
    }

    function _spendCredit(address account, address currency) private returns (uint256 amount) {
        uint256 credit = _credit[currency][account];
        if (credit == 0) return 0;
        amount = _oneIn(2) ? credit : 1 + _any(credit);
        _credit[currency][account] -= amount;
    }

    function _withdraw(address sender, address currency) internal returns (bytes memory, bytes memory) {
        uint256 amount = _spendCredit(sender, currency);
        if (amount == 0) return ("", "");
        address to = _anyActor();
        _sendOut(to, currency, amount);
        return (abi.encodeCall(ledger.withdraw, (currency, amount, to)), "");
    }

    function _withdrawNative(address sender, address) private returns (bytes memory, bytes memory) {
        uint256 amount = _spendCredit(sender, address(ether_));
        if (amount == 0) return ("", "");
        address to = _anyPerson();
        moneyOut[address(ether_)] += amount;
        _nativeWallet[to] += amount;
        return (abi.encodeCall(ledger.withdrawNative, (amount, payable(to))), "");
    }

    function _settle(address, address currency) internal returns (bytes memory, bytes memory) {
        uint40[] memory list = _oneIn(3) ? descending(releaseCount(), 1) : _anyIds(12);
        _modelSettle(currency, list);
        return (abi.encodeCall(ledger.settle, (list, currency)), "");
    }

    function _claim(address sender, address currency) internal returns (bytes memory, bytes memory) {
        uint40[] memory list = _anyAssets();
        address to = _anyActor();
        uint256 amount = _modelPayOut(currency, sender, list);
        _sendOut(to, currency, amount);
        return (abi.encodeCall(ledger.claim, (list, currency, to)), abi.encode(amount));
    }

    function _collect(address sender, address currency) internal returns (bytes memory, bytes memory) {
        uint40[] memory releases = _oneIn(2) ? descending(releaseCount(), 1) : _anyIds(8);
        uint40[] memory list = _anyAssets();
        address to = _anyActor();
        _modelSettle(currency, releases);
        uint256 amount = _modelPayOut(currency, sender, list);
        _sendOut(to, currency, amount);
        return (abi.encodeCall(ledger.collect, (releases, list, currency, to)), abi.encode(amount));
    }

    /// @dev For anyone: by a stranger, as a rule.
    function _claimToCredit(address, address currency) internal returns (bytes memory, bytes memory) {
        address account = _anyContributor();
        uint40[] memory list = _anyAssets();
        uint256 amount = _modelPayOut(currency, account, list);
        _credit[currency][account] += amount;
        return (abi.encodeCall(ledger.claimToCredit, (account, list, currency)), abi.encode(amount));
    }

    function _sweepCommons(address, address currency) internal returns (bytes memory, bytes memory) {
        uint40[] memory list = _anyAssets();
        uint256 amount = _modelSweep(currency, list);
        _credit[currency][COMMONS_BENEFICIARY] += amount;
        return (abi.encodeCall(ledger.sweepCommons, (list, currency)), abi.encode(amount));
    }

    /// @dev All, some or none of what is left.
    function _anyPart(uint256 left) private returns (uint256) {
        uint256 how = _any(8);
        if (how == 0) return 0;
        return how == 1 ? left : _any(left + 1);
    }

    /// @dev Somebody, now and then an outlet, or the sender itself if it can hold shares.
    function _anyoneOr(address sender) private returns (address) {
        if (_oneIn(6)) return _anyOutlet();
        return _keyOf[sender] != 0 && _oneIn(8) ? sender : _anyPerson();
    }

    function _transferShares(address sender, address) private returns (bytes memory, bytes memory) {
        uint40 asset = _anyAsset();
        address to = _anyoneOr(sender);
        uint256 shares = _anyPart(_shares[asset][sender]);
        _shares[asset][sender] -= shares;
        _give(asset, to, shares);
        return (abi.encodeCall(ledger.safeTransferFrom, (sender, to, asset, shares, "")), "");
    }

    /// @dev Several assets, the same one twice, none at all.
    function _transferInBatch(address sender, address) private returns (bytes memory, bytes memory) {
        uint256[] memory ids = new uint256[](_any(5));
        uint256[] memory shares = new uint256[](ids.length);
        address to = _anyoneOr(sender);
        for (uint256 i = 0; i < ids.length; ++i) {
            uint40 asset = _anyAsset();
            ids[i] = asset;
            shares[i] = _anyPart(_shares[asset][sender]);
            _shares[asset][sender] -= shares[i];
            _give(asset, to, shares[i]);
        }
        return (abi.encodeCall(ledger.safeBatchTransferFrom, (sender, to, ids, shares, "")), "");
    }

    function _anyCall(address sender, address currency) private returns (bytes memory, bytes memory) {
        uint256 which = _any(14);
        if (which == 0) return _payAndSettle(sender, currency);
        if (which == 1) return _payFromCredit(sender, currency);
        if (which == 2) return _deposit(sender, currency);
        if (which == 3) return _withdraw(sender, currency);
        if (which == 4) return _withdrawNative(sender, currency);
        if (which == 5) return _settle(sender, currency);
        if (which == 6) return _claim(sender, currency);
        if (which == 7) return _collect(sender, currency);
        if (which == 8) return _claimToCredit(sender, currency);
        if (which == 9) return _sweepCommons(sender, currency);
        if (which == 10) return _transferShares(sender, currency);
        if (which == 11) return _transferInBatch(sender, currency);
        return _pay(sender, currency);
    }

    // -------------------------------------------------------------------------------------------------------- doings

    function _perform(address sender, bytes memory data, bytes memory result) internal {
        if (data.length == 0) return;
        vm.prank(sender);
        (bool done, bytes memory returned) = address(ledger).call(data);
        _expect(done, "a call within the rules was refused");
        _expect(keccak256(returned) == keccak256(result), "a call returned other than what was due");
    }

    function _do(
        function(address, address) internal returns (bytes memory, bytes memory) choose,
        address sender,
        address currency
    ) private {
        touched = currency;
        (bytes memory data, bytes memory result) = choose(sender, currency);
        _perform(sender, data, result);
    }

    function pay(uint256 seed) external seeded(seed) {
        _do(_pay, _anyActor(), _anyCurrency());
    }

    function payAndSettle(uint256 seed) external seeded(seed) {
        _do(_payAndSettle, _anyActor(), _anyCurrency());
    }

    function payFromCredit(uint256 seed) external seeded(seed) {
        _do(_payFromCredit, _anyActor(), _anyCurrency());
    }

    function deposit(uint256 seed) external seeded(seed) {
        _do(_deposit, _anyActor(), _anyCurrency());
    }

    function withdraw(uint256 seed) external seeded(seed) {
        _do(_withdraw, _anyActor(), _anyCurrency());
    }

    function withdrawNative(uint256 seed) external seeded(seed) {
        _do(_withdrawNative, _anyActor(), address(ether_));
    }

    function settle(uint256 seed) external seeded(seed) {
        _do(_settle, _anyActor(), _anyCurrency());
    }

    function claim(uint256 seed) external seeded(seed) {
        _do(_claim, _anyActor(), _anyCurrency());
    }

    function collect(uint256 seed) external seeded(seed) {
        _do(_collect, _anyActor(), _anyCurrency());
    }

    function claimToCredit(uint256 seed) external seeded(seed) {
        _do(_claimToCredit, _anyActor(), _anyCurrency());
    }

    function sweepCommons(uint256 seed) external seeded(seed) {
        _do(_sweepCommons, _anyActor(), _anyCurrency());
    }

    /// @dev A person who held shares of some asset once, so that transfers mostly move something.
    function _anyHolder() private returns (address) {
        address[] storage holders = _holders[_anyAsset()];
        address holder = holders[_any(holders.length)];
        return _keyOf[holder] != 0 ? holder : _anyPerson();
    }

    function transferShares(uint256 seed) external seeded(seed) {
        _do(_transferShares, _anyHolder(), _anyCurrency());
    }

    function transferSharesInBatch(uint256 seed) external seeded(seed) {
        _do(_transferInBatch, _anyHolder(), _anyCurrency());
    }

    /// @notice Several calls in one, in several currencies.
    function multicall(uint256 seed) external seeded(seed) {
        address sender = _anyActor();
        bytes[] memory calls = new bytes[](1 + _any(5));
        bytes[] memory results = new bytes[](calls.length);
        uint256 count;
        for (uint256 i = 0; i < calls.length; ++i) {
            touched = _anyCurrency();
            (calls[count], results[count]) = _anyCall(sender, touched);
            if (calls[count].length != 0) ++count;
        }
        assembly ("memory-safe") {
            mstore(calls, count) // at most its length
            mstore(results, count)
        }
        _perform(sender, abi.encodeCall(ledger.multicall, (calls)), abi.encode(results));
    }

    function payNative(uint256 seed) external seeded(seed) {
        touched = address(ether_);
        address payer = _anyActor();
        uint256 amount = _anyAmount(touched);
        uint40 release = _anyRelease();
        vm.deal(payer, payer.balance + amount);
        moneyIn[touched] += amount;
        _direct[touched][release] += amount;
        vm.prank(payer);
        ledger.payNative{value: amount}(release, bytes32(seed));
    }

    // ------------------------------------------------------------------------------------- a currency that calls back

    /// @notice The hostile currency calls the ledger while it is moved: what is open to anyone at any time does what it
    /// does at other times, and what moves money is refused with all that led there.
    function reenter(uint256 seed) external seeded(seed) {
        touched = address(hostile);
        address sender = _anyActor();
        if (_oneIn(3)) return _reenterWhatIsGuarded(sender);
        uint256 how = _any(5);
        bytes memory inner;
        bytes memory data;
        bytes memory result;
        if (how < 2) {
            // Called before the ledger books what arrives.
            inner = _anyUnguarded();
            (data, result) = how == 0 ? _pay(sender, touched) : _deposit(sender, touched);
        } else {
            // Called after the ledger has booked what leaves.
            if (how == 2) (data, result) = _claim(sender, touched);
            if (how == 3) (data, result) = _collect(sender, touched);
            if (how == 4) (data, result) = _withdraw(sender, touched);
            bool moves = data.length != 0 && (result.length == 0 || abi.decode(result, (uint256)) != 0);
            if (moves) inner = _anyUnguarded();
        }
        if (inner.length != 0) {
            hostile.prepare(address(ledger), inner);
            ++times["called back"];
        }
        _perform(sender, data, result);
    }

    /// @dev In its own currency or another.
    function _anyUnguarded() private returns (bytes memory data) {
        address currency = _oneIn(2) ? address(hostile) : _anyCurrency();
        uint256 which = _any(4);
        if (which == 0) (data, ) = _settle(address(hostile), currency);
        if (which == 1) (data, ) = _claimToCredit(address(hostile), currency);
        if (which == 2) (data, ) = _sweepCommons(address(hostile), currency);
        if (which == 3) (data, ) = _payFromCredit(address(hostile), currency);
    }

    function _reenterWhatIsGuarded(address sender) private {
        address to = address(hostile);
        uint40 release = _anyRelease();
        uint256 which = _any(7);
        bytes memory inner;
        if (which == 0) inner = abi.encodeCall(ledger.pay, (release, to, 1, bytes32(0)));
        if (which == 1) inner = abi.encodeCall(ledger.payFor, (sender, release, to, 1, bytes32(0)));
        if (which == 2) inner = abi.encodeCall(ledger.deposit, (to, 1, to));
        if (which == 3) inner = abi.encodeCall(ledger.claim, (_anyAssets(), to, to));
        if (which == 4) inner = abi.encodeCall(ledger.collect, (_anyIds(3), _anyAssets(), to, to));
        if (which == 5) inner = abi.encodeCall(ledger.withdraw, (to, 1, to));
        if (which == 6) inner = abi.encodeCall(ledger.withdrawNative, (1, payable(to)));
        uint256 amount = _anyAmount(to);
        mint(to, sender, amount);
        hostile.prepare(address(ledger), inner);
        vm.prank(sender);
        (bool done, bytes memory reason) = address(ledger).call(
            abi.encodeCall(ledger.pay, (release, to, amount, bytes32(0)))
        );
        _expect(
            !done && bytes4(reason) == ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector,
            "re-entered"
        );
        hostile.prepare(address(0), "");
        ++times["call back refused"];
    }
}
