// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {TestCurrency} from "../../contracts/doubles/TestCurrency.sol";
import {AssetDraft, ReleaseDraft} from "../../contracts/interfaces/IAssetRegistry.sol";
import {Allocation, Contribution, Kind, Role} from "../../contracts/interfaces/IFeeLedger.sol";
import {LedgerModel} from "../support/LedgerModel.sol";
import {Vm} from "../support/Test.sol";
import {Tributary} from "../support/Tributary.sol";

/// @notice People at work: they register, publish, pay, settle, claim and trade, and the model follows. No function
/// reverts; each makes its random choices from one seed. Where an outcome is not what the model says, it is written
/// down in {violation}.
contract Handler is LedgerModel, Tributary {
    Vm private constant vm = Vm(0x7109709ECfa91a80626fF3989D68f67F5b1DD12D);
    uint256 private constant MAX_GROWTH = 40;

    TestCurrency[2] private _currencies;
    address[] private _actors;
    uint256 public entropy;
    /// @dev No release above this one, so that checks stay quick.
    uint256 private _lastRelease = MAX_GROWTH;
    string public violation;
    /// @dev How many releases were refused as they should be.
    uint256 public refused;

    constructor() LedgerModel(COMMONS) {
        _currencies = [dollar, ether_];
        for (uint160 i = 1; i <= 6; ++i) _addActor(address(0xAC0 + i));
        // Earns nothing by shares, but its credit is spent and withdrawn as anyone's.
        _addActor(COMMONS_BENEFICIARY);
    }

    function _addActor(address actor) private {
        _actors.push(actor);
        for (uint256 i = 0; i < 2; ++i) {
            vm.prank(actor);
            _currencies[i].approve(address(ledger), type(uint256).max);
        }
    }

    function actors() external view returns (address[] memory) {
        return _actors;
    }

    function currencies() external view returns (TestCurrency[2] memory) {
        return _currencies;
    }

    /// @notice What people do, the most frequent twice.
    function doings() external pure returns (bytes4[] memory list) {
        list = new bytes4[](22);
        list[0] = this.register.selector;
        list[1] = this.publish.selector;
        list[2] = this.growDiamond.selector;
        list[3] = this.growChain.selector;
        list[4] = this.growFan.selector;
        list[5] = this.retireOrRestore.selector;
        list[6] = this.grantOrRevoke.selector;
        list[7] = this.sellAsset.selector;
        list[8] = this.pay.selector;
        list[9] = this.payAndSettle.selector;
        list[10] = this.payFromCredit.selector;
        list[11] = this.deposit.selector;
        list[12] = this.withdraw.selector;
        list[13] = this.settle.selector;
        list[14] = this.settleEverything.selector;
        list[15] = this.claim.selector;
        list[16] = this.claimToCredit.selector;
        list[17] = this.sweepCommons.selector;
        list[18] = this.transferShares.selector;
        list[19] = this.transferSharesInBatch.selector;
        list[20] = this.pay.selector;
        list[21] = this.settle.selector;
    }

    // ------------------------------------------------------------------------------------------------------- choices

    modifier seeded(uint256 seed) {
        entropy = uint256(keccak256(abi.encode(entropy, seed)));
        _;
    }

    /// @dev Each 0 to below `count`.
    function _any(uint256 count) private returns (uint256) {
        entropy = uint256(keccak256(abi.encode(entropy)));
        return entropy % count;
    }

    function _oneIn(uint256 count) private returns (bool) {
        return _any(count) == 0;
    }

    function _anyActor() private returns (address) {
        return _actors[_any(_actors.length)];
    }

    /// @dev One who may hold shares.
    function _anyPerson() private returns (address) {
        return _actors[_any(_actors.length - 1)];
    }

    function _anyCurrency() private returns (TestCurrency) {
        return _currencies[_any(2)];
    }

    function _anyAsset() private returns (uint40) {
        return _assets[_any(_assets.length)];
    }

    function _anyRelease() private returns (uint40) {
        // Half of the time a late one, which has more to pass on to.
        uint256 count = releaseCount();
        if (_oneIn(2)) return uint40(count - _any(count < 4 ? count : 4));
        return uint40(1 + _any(count));
    }

    /// @dev From single units, where rounding is all there is, to large sums.
    function _anyAmount(TestCurrency currency) private returns (uint256) {
        uint256 size = _any(4);
        if (size == 0) return 1 + _any(9);
        if (size == 1) return 1 + _any(3_000);
        if (size == 2) return 1 + _any(1e8);
        return 1 + _any(address(currency) == address(dollar) ? 1e13 : 1e22);
    }

    /// @dev Known ids, unknown ids, twice the same.
    function _anyIds(uint256 most) private returns (uint40[] memory list) {
        list = new uint40[](_any(most + 1));
        for (uint256 i = 0; i < list.length; ++i) {
            if (_oneIn(12)) list[i] = type(uint40).max - uint40(_any(3));
            else list[i] = uint40(_any(_nodes.length + 1));
        }
    }

    function _anyAssets() private returns (uint40[] memory) {
        return _oneIn(2) ? _assets : _anyIds(6);
    }

    function _expect(bool met, string memory otherwise) private {
        if (!met && bytes(violation).length == 0) violation = otherwise;
    }

    // ----------------------------------------------------------------------------------------------------- the graph

    /// @dev `count` of the releases there are, ascending, with weights that the rules allow; fewer where they do not.
    /// A careless publisher names what it may not name, too.
    function _anyContributions(Wish memory wish, uint256 count, bool careless) private {
        uint256 known = releaseCount();
        if (count > known) count = known;
        uint256 left = WHOLE - wish.keep;
        Contribution[] memory list = new Contribution[](count);
        uint256 chosen;
        uint256 taken;
        for (uint40 id = 1; id <= known && taken < count; ++id) {
            if (_any(known + 1 - id) >= count - taken) continue;
            ++taken;
            uint256 weight = _anyWeight(_nodes[id].floor, left, count - taken + 1);
            if (weight > left) continue;
            if (!careless && (_nodes[id].retired || (_nodes[id].byGrant && !_mayName(wish, id)))) continue;
            list[chosen++] = Contribution(id, uint24(weight));
            left -= weight;
        }
        wish.contributions = _cut(list, chosen);
    }

    function _anyWeight(uint256 floor, uint256 left, uint256 yetToCome) private returns (uint256) {
        if (floor == 0) floor = 1;
        if (_oneIn(8)) return floor;
        if (_oneIn(16)) return left == 0 ? 1 : left;
        uint256 most = (2 * left) / (yetToCome + 1);
        return most > floor ? floor + _any(most - floor + 1) : floor;
    }

    function _cut(Contribution[] memory list, uint256 length) private pure returns (Contribution[] memory cut) {
        cut = new Contribution[](length);
        for (uint256 i = 0; i < length; ++i) cut[i] = list[i];
    }

    /// @dev Breaks a rule, or nearly.
    function _spoil(Wish memory wish) private {
        uint256 how = _any(7);
        if (how == 0) wish.floor = uint24(WHOLE + _any(2));
        if (wish.contributions.length == 0) return;
        uint256 which = _any(wish.contributions.length);
        Contribution memory contribution = wish.contributions[which];
        if (how == 1) contribution.weight = 0;
        if (how == 2) contribution.weight = _nodes[contribution.release].floor;
        if (how == 3 && contribution.weight > 0) contribution.weight -= 1;
        if (how == 4) contribution.weight += uint24(_any(WHOLE));
        if (how == 5) contribution.release = releaseCount() + uint40(_any(3));
        if (how == 6 && which > 0) contribution.release = wish.contributions[which - 1].release;
    }

    function _anyFloor() private returns (uint24) {
        if (_oneIn(2)) return 0;
        return uint24(_any(_oneIn(8) ? 500_000 : 50_000));
    }

    function _anyKeep() private returns (uint24) {
        if (_oneIn(2)) return 0;
        return uint24(_any(_oneIn(8) ? WHOLE + 1 : 300_000));
    }

    function _anyAllocation() private returns (Allocation[] memory allocations) {
        allocations = new Allocation[](1 + _any(4));
        uint96 left = ALL_SHARES;
        for (uint256 i = 0; i + 1 < allocations.length; ++i) {
            uint96 shares = uint96(1 + _any(_oneIn(4) ? 3 : left / 2));
            allocations[i] = Allocation(_anyPerson(), Role.Training, shares);
            left -= shares;
        }
        allocations[allocations.length - 1] = Allocation(_anyPerson(), Role.Data, left);
    }

    function _isFull() private view returns (bool) {
        return releaseCount() >= _lastRelease;
    }

    function _tryToRegister(Wish memory wish) private {
        address owner = _anyPerson();
        Allocation[] memory allocations = _anyAllocation();
        wish.asset = releaseCount() + 1;
        bool allowed = _isAllowed(wish);
        AssetDraft memory asset = assetDraft(wish.kind, wish.keep, allocations);
        ReleaseDraft memory release = releaseDraft(wish.contributions, wish.floor, wish.byGrant);
        vm.prank(wish.sender);
        try registry.register(owner, asset, release) returns (uint40 id) {
            _expect(allowed, "laws 6, 7, 10: a release against the rules was registered");
            _expect(id == wish.asset, "law 7: not the next id");
            _addAsset(wish, owner);
            for (uint256 i = 0; i < allocations.length; ++i) _give(id, allocations[i].account, allocations[i].shares);
        } catch {
            _expect(!allowed, "a registration within the rules was refused");
            ++refused;
        }
    }

    function _tryToPublish(Wish memory wish) private {
        bool allowed = _isAllowed(wish);
        ReleaseDraft memory release = releaseDraft(wish.contributions, wish.floor, wish.byGrant);
        vm.prank(wish.sender);
        try registry.publish(wish.asset, release) returns (uint40 id) {
            _expect(allowed, "laws 6, 7, 10: a release against the rules was published");
            _expect(id == _addNode(wish), "law 7: not the next id");
        } catch {
            _expect(!allowed, "a release within the rules was refused");
            ++refused;
        }
    }

    function register(uint256 seed) external seeded(seed) {
        if (!_isFull()) _register(_any(_oneIn(4) ? 65 : 5));
    }

    function _register(uint256 count) private {
        Wish memory wish;
        wish.sender = _anyPerson();
        wish.asset = releaseCount() + 1;
        wish.kind = Kind(_any(3));
        wish.keep = _anyKeep();
        wish.floor = _anyFloor();
        wish.byGrant = _oneIn(6);
        bool careless = _oneIn(3);
        _anyContributions(wish, count, careless);
        if (careless && _oneIn(2)) _spoil(wish);
        _tryToRegister(wish);
    }

    function publish(uint256 seed) external seeded(seed) {
        if (!_isFull()) _publish(_anyAsset(), _any(_oneIn(4) ? 65 : 5));
    }

    function _publish(uint40 asset, uint256 count) private {
        Wish memory wish = _wishFor(asset);
        wish.floor = _anyFloor();
        wish.byGrant = _oneIn(6);
        bool careless = _oneIn(3);
        _anyContributions(wish, count, careless);
        if (careless && _oneIn(2)) _spoil(wish);
        _tryToPublish(wish);
    }

    function _wishFor(uint40 asset) private view returns (Wish memory wish) {
        wish.sender = _ownerOf[asset];
        wish.asset = asset;
        wish.kind = _kindOf[asset];
        wish.keep = _keepOf[asset];
    }

    /// @dev The next release of an asset with just these contributions, as far as the rules allow.
    function _publishOn(uint40 asset, Contribution[] memory contributions) private {
        Wish memory wish = _wishFor(asset);
        wish.contributions = contributions;
        _tryToPublish(wish);
    }

    function _on(uint40 release, uint256 weight) private pure returns (Contribution[] memory contributions) {
        contributions = new Contribution[](1);
        contributions[0] = Contribution(release, uint24(weight));
    }

    function _onBoth(uint40 left, uint256 weight) private pure returns (Contribution[] memory contributions) {
        contributions = new Contribution[](2);
        contributions[0] = Contribution(left, uint24(weight));
        contributions[1] = Contribution(left + 1, uint24(weight));
    }

    /// @notice Two releases on the latest, and one on both.
    function growDiamond(uint256 seed) public seeded(seed) {
        if (_nodes.length + 2 > _lastRelease) return;
        uint40 top = releaseCount();
        _publishOn(_anyAsset(), _on(top, 1 + _any(WHOLE)));
        _publishOn(_anyAsset(), _on(top, 1 + _any(WHOLE)));
        if (releaseCount() == top + 2) _publishOn(_anyAsset(), _onBoth(top + 1, 1 + _any(WHOLE / 2)));
    }

    /// @notice A few releases, each on the one before, passing almost everything on.
    function growChain(uint256 seed) public seeded(seed) {
        for (uint256 i = 0; i < 3 && !_isFull(); ++i) {
            _publishOn(_anyAsset(), _on(releaseCount(), WHOLE - 1 - _any(60_000)));
        }
    }

    /// @notice One release on as many as there may be.
    function growFan(uint256 seed) public seeded(seed) {
        if (!_isFull()) _publish(_anyAsset(), 64);
    }

    function retireOrRestore(uint256 seed) external seeded(seed) {
        uint40 release = _anyRelease();
        bool retired = !_nodes[release].retired && _oneIn(2);
        vm.prank(_ownerOf[_nodes[release].asset]);
        registry.setRetired(release, retired);
        _nodes[release].retired = retired;
    }

    function grantOrRevoke(uint256 seed) external seeded(seed) {
        uint40 release = _anyRelease();
        address owner = _ownerOf[_nodes[release].asset];
        bool granted = !_oneIn(4);
        if (_oneIn(2)) {
            address account = _anyPerson();
            vm.prank(owner);
            registry.setAccountGrant(release, account, granted);
            _accountGrant[release][account] = granted;
        } else {
            uint40 asset = _anyAsset();
            vm.prank(owner);
            registry.setAssetGrant(release, asset, granted);
            _assetGrant[release][asset] = granted;
        }
    }

    function sellAsset(uint256 seed) external seeded(seed) {
        uint40 asset = _anyAsset();
        address owner = _ownerOf[asset];
        address buyer = _anyPerson();
        vm.prank(owner);
        registry.transferFrom(owner, buyer, asset);
        _ownerOf[asset] = buyer;
    }

    // ------------------------------------------------------------------------------------------------------ the money

    function _fund(address payer, TestCurrency currency, uint256 amount) private {
        currency.mint(payer, amount);
        moneyIn[address(currency)] += amount;
    }

    function pay(uint256 seed) external seeded(seed) {
        TestCurrency currency = _anyCurrency();
        uint256 amount = _anyAmount(currency);
        uint40 release = _anyRelease();
        address payer = _anyActor();
        _fund(payer, currency, amount);
        vm.prank(payer);
        uint256 received = ledger.pay(release, address(currency), amount, bytes32(seed));
        _expect(received == amount, "pay did not receive what was sent");
        _direct[address(currency)][release] += amount;
    }

    function payAndSettle(uint256 seed) external seeded(seed) {
        TestCurrency currency = _anyCurrency();
        uint256 amount = _anyAmount(currency);
        uint40 release = _anyRelease();
        address payer = _anyActor();
        uint40[] memory list = _oneIn(2) ? descending(release, 1) : _anyIds(8);
        _fund(payer, currency, amount);
        vm.prank(payer);
        ledger.payAndSettle(release, address(currency), amount, bytes32(seed), list);
        _direct[address(currency)][release] += amount;
        _modelSettle(address(currency), list);
    }

    function payFromCredit(uint256 seed) external seeded(seed) {
        TestCurrency currency = _anyCurrency();
        address payer = _anyActor();
        uint256 credit = _credit[address(currency)][payer];
        if (credit == 0) return;
        uint256 amount = 1 + _any(credit);
        uint40 release = _anyRelease();
        vm.prank(payer);
        ledger.payFromCredit(release, address(currency), amount, bytes32(seed));
        _credit[address(currency)][payer] -= amount;
        _direct[address(currency)][release] += amount;
    }

    function deposit(uint256 seed) external seeded(seed) {
        TestCurrency currency = _anyCurrency();
        uint256 amount = _anyAmount(currency);
        address payer = _anyActor();
        address account = _anyActor();
        _fund(payer, currency, amount);
        vm.prank(payer);
        ledger.deposit(address(currency), amount, account);
        _credit[address(currency)][account] += amount;
    }

    function withdraw(uint256 seed) external seeded(seed) {
        TestCurrency currency = _anyCurrency();
        address account = _anyActor();
        uint256 credit = _credit[address(currency)][account];
        if (credit == 0) return;
        uint256 amount = _oneIn(2) ? credit : 1 + _any(credit);
        address to = _anyActor();
        vm.prank(account);
        ledger.withdraw(address(currency), amount, to);
        _credit[address(currency)][account] -= amount;
        moneyOut[address(currency)] += amount;
    }

    function settle(uint256 seed) external seeded(seed) {
        TestCurrency currency = _anyCurrency();
        _settle(currency, _anyIds(12));
    }

    function settleEverything(uint256 seed) external seeded(seed) {
        TestCurrency currency = _anyCurrency();
        _settle(currency, descending(releaseCount(), 1));
    }

    function _settle(TestCurrency currency, uint40[] memory list) private {
        vm.prank(_anyActor());
        ledger.settle(list, address(currency));
        _modelSettle(address(currency), list);
    }

    function claim(uint256 seed) external seeded(seed) {
        TestCurrency currency = _anyCurrency();
        address account = _anyPerson();
        address to = _anyActor();
        uint40[] memory list = _anyAssets();
        uint256 before = currency.balanceOf(to);
        vm.prank(account);
        uint256 amount = ledger.claim(list, address(currency), to);
        _expect(amount == _modelPayOut(address(currency), account, list), "a claim paid other than what was due");
        _expect(currency.balanceOf(to) == before + amount, "a claim did not arrive");
        moneyOut[address(currency)] += amount;
    }

    /// @notice By a stranger, as a rule.
    function claimToCredit(uint256 seed) external seeded(seed) {
        TestCurrency currency = _anyCurrency();
        address account = _anyPerson();
        uint40[] memory list = _anyAssets();
        vm.prank(_anyActor());
        uint256 amount = ledger.claimToCredit(account, list, address(currency));
        _expect(amount == _modelPayOut(address(currency), account, list), "a claim paid other than what was due");
        _credit[address(currency)][account] += amount;
    }

    function sweepCommons(uint256 seed) external seeded(seed) {
        TestCurrency currency = _anyCurrency();
        uint40[] memory list = _anyAssets();
        vm.prank(_anyActor());
        uint256 amount = ledger.sweepCommons(list, address(currency));
        _expect(amount == _modelSweep(address(currency), list), "a sweep moved other than what was due");
        _credit[address(currency)][COMMONS_BENEFICIARY] += amount;
    }

    // -------------------------------------------------------------------------------------------------------- shares

    /// @dev All, some or none of what is left.
    function _anyPart(uint256 left) private returns (uint256) {
        uint256 how = _any(8);
        if (how == 0) return 0;
        return how == 1 ? left : _any(left + 1);
    }

    /// @dev Someone who held shares of the asset once, so that transfers mostly move something.
    function _anyHolder(uint40 asset) private returns (address) {
        return _holders[asset][_any(_holders[asset].length)];
    }

    function transferShares(uint256 seed) external seeded(seed) {
        uint40 asset = _anyAsset();
        address from = _anyHolder(asset);
        address to = _oneIn(8) ? from : _anyPerson();
        uint256 shares = _anyPart(_shares[asset][from]);
        vm.prank(from);
        ledger.safeTransferFrom(from, to, asset, shares, "");
        _shares[asset][from] -= shares;
        _give(asset, to, shares);
    }

    /// @notice Several assets, the same one twice, none at all.
    function transferSharesInBatch(uint256 seed) external seeded(seed) {
        uint256[] memory ids = new uint256[](_any(5));
        uint256[] memory shares = new uint256[](ids.length);
        address from = _anyHolder(_anyAsset());
        address to = _oneIn(8) ? from : _anyPerson();
        for (uint256 i = 0; i < ids.length; ++i) {
            uint40 asset = _anyAsset();
            ids[i] = asset;
            shares[i] = _anyPart(_shares[asset][from]);
            _shares[asset][from] -= shares[i];
            _give(asset, to, shares[i]);
        }
        vm.prank(from);
        ledger.safeBatchTransferFrom(from, to, ids, shares, "");
    }

    // -------------------------------------------------------------------------------------------------------- starts

    /// @notice A few assets without contributions or demands.
    function start(uint256 count) public {
        for (uint256 i = 0; i < count; ++i) {
            Wish memory wish;
            wish.sender = _anyPerson();
            _tryToRegister(wish);
        }
        _lastRelease = releaseCount() + MAX_GROWTH;
    }

    /// @notice Diamonds on top of each other: the number of ways doubles with each.
    function startWithDiamonds(uint256 count) external {
        start(4);
        _lastRelease += 3 * count;
        for (uint256 i = 0; i < count; ++i) {
            uint40 top = releaseCount();
            _publishOn(_assets[0], _on(top, 700_001));
            _publishOn(_assets[1], _on(top, 333_333));
            _publishOn(_assets[i % 4], _onBoth(top + 1, 499_999));
        }
    }

    /// @notice A line of releases, each passing almost everything on.
    function startWithChain(uint256 length) external {
        start(4);
        _lastRelease += length;
        for (uint256 i = 0; i < length; ++i) {
            _publishOn(_assets[i % 4], _on(releaseCount(), i % 7 == 0 ? WHOLE : 999_983 - 1_009 * i));
        }
    }

    /// @notice As many releases as one may name, and two that name them all.
    function startWithFan() external {
        start(4);
        _lastRelease += 66;
        for (uint256 i = 4; i < 64; ++i) _publishOn(_assets[i % 4], new Contribution[](0));
        Contribution[] memory all = new Contribution[](64);
        for (uint40 i = 0; i < 64; ++i) all[i] = Contribution(i + 1, 15_625);
        _publishOn(_assets[0], all);
        for (uint24 i = 0; i < 64; ++i) all[i].weight = 1 + i;
        _publishOn(_assets[1], all);
    }
}
