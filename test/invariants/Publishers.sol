// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {AssetDraft, Grant, ReleaseDraft, SignedGrant} from "../../contracts/interfaces/IAssetRegistry.sol";
import {Allocation, Contribution, Kind, Role} from "../../contracts/interfaces/IFeeLedger.sol";
import {People} from "./People.sol";

/// @notice Acts on the registry: people register and publish, within the rules and against them, grant, sign
/// and take back, retire, describe and sell.
abstract contract Publishers is People {
    uint256 internal constant MAX_GROWTH = 40;
    bytes32 private constant GRANT_TYPEHASH = keccak256(
        "Grant(uint40 release,address account,uint40 asset,uint256 nonce,uint256 deadline)"
    );

    /// @dev No release above this one, so that checks stay quick.
    uint256 internal _lastRelease = MAX_GROWTH;
    bytes32 private _domain;
    /// @dev Grants that were shown or cancelled, to be shown again.
    SignedWish[] private _oldGrants;
    address[] private _identityOwners;
    mapping(uint256 identity => bool) private _identityBound;

    constructor() {
        _domain = keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                keccak256("Tributary"),
                keccak256("1"),
                block.chainid,
                address(registry)
            )
        );
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
            bool closed = _nodes[id].byGrant && !_mayName(wish, id);
            if (!careless && (_nodes[id].retired || (closed && _oneIn(2)))) continue;
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
            allocations[i] = Allocation(_anyContributor(), Role.Training, shares);
            left -= shares;
        }
        allocations[allocations.length - 1] = Allocation(_anyContributor(), Role.Data, left);
    }

    function _isFull() internal view returns (bool) {
        return releaseCount() >= _lastRelease;
    }

    function _tryToRegister(Wish memory wish) internal {
        address owner = _anyPerson();
        Allocation[] memory allocations = _anyAllocation();
        wish.asset = releaseCount() + 1;
        bool allowed = _isAllowed(wish);
        AssetDraft memory asset = assetDraft(wish.kind, wish.keep, allocations);
        ReleaseDraft memory release = releaseDraft(wish.contributions, wish.floor, wish.byGrant);
        bytes memory data =
            wish.grants.length == 0
                ? abi.encodeCall(registry.register, (owner, asset, release))
                : abi.encodeCall(registry.registerWithGrants, (owner, asset, release, _signed(wish.grants)));
        if (!_isDone(wish, allowed, data)) return;
        _addAsset(wish, owner);
        _metadataDigest[wish.asset] = sha256(bytes(asset.metadata));
        for (uint256 i = 0; i < allocations.length; ++i) {
            _give(wish.asset, allocations[i].account, allocations[i].shares);
        }
    }

    /// @dev Makes the call that adds the release; whether it was added must be as the rules say.
    function _isDone(Wish memory wish, bool allowed, bytes memory data) private returns (bool done) {
        bytes memory result;
        vm.prank(wish.sender);
        (done, result) = address(registry).call(data);
        _expect(allowed || !done, "laws 6, 7, 10: a release against the rules was added");
        _expect(!allowed || done, "a release within the rules was refused");
        if (done) {
            _expect(abi.decode(result, (uint40)) == _nodes.length, "law 7: not the next id");
            if (_spendGrants(wish)) ++times["signed grant used"];
        } else {
            ++times["release refused"];
            if (wish.grants.length != 0) ++times["release with signed grants refused"];
        }
        for (uint256 i = 0; i < wish.grants.length; ++i) _requireSpentOrNot(wish.grants[i].grant);
    }

    function _tryToPublish(Wish memory wish) private {
        bool allowed = _isAllowed(wish);
        ReleaseDraft memory release = releaseDraft(wish.contributions, wish.floor, wish.byGrant);
        bytes memory data =
            wish.grants.length == 0
                ? abi.encodeCall(registry.publish, (wish.asset, release))
                : abi.encodeCall(registry.publishWithGrants, (wish.asset, release, _signed(wish.grants)));
        if (_isDone(wish, allowed, data)) _addNode(wish);
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
        wish.byGrant = _oneIn(4);
        bool careless = _oneIn(3);
        _anyContributions(wish, count, careless);
        if (careless && _oneIn(2)) _spoil(wish);
        _getGrants(wish, careless);
        _tryToRegister(wish);
    }

    function publish(uint256 seed) external seeded(seed) {
        if (!_isFull()) _publish(_anyAsset(), _any(_oneIn(4) ? 65 : 5));
    }

    function _publish(uint40 asset, uint256 count) private {
        Wish memory wish = _wishFor(asset);
        wish.floor = _anyFloor();
        wish.byGrant = _oneIn(4);
        bool careless = _oneIn(3);
        _anyContributions(wish, count, careless);
        if (careless && _oneIn(2)) _spoil(wish);
        _getGrants(wish, careless);
        _tryToPublish(wish);
    }

    function _wishFor(uint40 asset) private view returns (Wish memory wish) {
        wish.sender = _ownerOf[asset];
        wish.asset = asset;
        wish.kind = _kindOf[asset];
        wish.keep = _keepOf[asset];
    }

    /// @dev The next release of an asset with just these contributions, as far as the rules allow.
    function _publishOn(uint40 asset, Contribution[] memory contributions) internal {
        Wish memory wish = _wishFor(asset);
        wish.contributions = contributions;
        _getGrants(wish, false);
        _tryToPublish(wish);
    }

    function _on(uint40 release, uint256 weight) internal pure returns (Contribution[] memory contributions) {
        contributions = new Contribution[](1);
        contributions[0] = Contribution(release, uint24(weight));
    }

    function _onBoth(uint40 left, uint256 weight) internal pure returns (Contribution[] memory contributions) {
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

    // ------------------------------------------------------------------------------------------------ signed grants

    /// @dev A grant for each contribution that is by grant, mostly. A careless publisher shows bad ones, too.
    function _getGrants(Wish memory wish, bool careless) private {
        SignedWish[] memory list = new SignedWish[](wish.contributions.length);
        uint256 count;
        for (uint256 i = 0; i < list.length; ++i) {
            uint40 id = wish.contributions[i].release;
            if (id > releaseCount() || !_nodes[id].byGrant) continue;
            if (_mayName(wish, id) ? !_oneIn(4) : careless && _oneIn(3)) continue;
            list[count++] = _anyGrant(wish, id, careless && _oneIn(2));
        }
        wish.grants = new SignedWish[](count);
        for (uint256 i = 0; i < count; ++i) {
            wish.grants[i] = list[i];
            _oldGrants.push(list[i]);
        }
    }

    function _anyGrant(Wish memory wish, uint40 release, bool bad) private returns (SignedWish memory signed) {
        Grant memory grant = signed.grant;
        grant.release = release;
        grant.nonce = _any(1e18);
        grant.deadline = block.timestamp + _any(1_000);
        signed.signer = _ownerOf[_nodes[release].asset];
        // An asset that is only being registered cannot be named.
        if (_ownerOf[wish.asset] != address(0) && _oneIn(2)) grant.asset = wish.asset;
        else grant.account = wish.sender;
        if (!bad) return signed;

        uint256 how = _any(5);
        if (how == 0) signed.signer = _anyPerson();
        if (how == 1) grant.deadline = block.timestamp - 1;
        if (how == 2) grant.account = _anyPerson();
        if (how == 3) (grant.account, grant.asset) = (address(0), _oneIn(2) ? wish.asset : _anyAsset());
        if (how < 4 || _oldGrants.length == 0) return signed;
        SignedWish memory old = _oldGrants[_any(_oldGrants.length)];
        if (old.grant.release == release) return old;
        // For another release: passed over, as if there were none.
        if (_oneIn(2)) return old;
        _cancel(signed);
    }

    function _hashOf(Grant memory grant) private view returns (bytes32) {
        bytes32 what = keccak256(
            abi.encode(GRANT_TYPEHASH, grant.release, grant.account, grant.asset, grant.nonce, grant.deadline)
        );
        return keccak256(abi.encodePacked(hex"1901", _domain, what));
    }

    function _signed(SignedWish[] memory wishes) private view returns (SignedGrant[] memory grants) {
        grants = new SignedGrant[](wishes.length);
        for (uint256 i = 0; i < wishes.length; ++i) {
            (uint8 v, bytes32 r, bytes32 s) = vm.sign(_keyOf[wishes[i].signer], _hashOf(wishes[i].grant));
            grants[i] = SignedGrant(wishes[i].grant, abi.encodePacked(r, s, v));
        }
    }

    function _requireSpentOrNot(Grant memory grant) private {
        bool spent = _grantSpent[keccak256(abi.encode(grant))];
        _expect(registry.grantSpent(_hashOf(grant)) == spent, "a signed grant is used up where it should not, or not");
    }

    function _cancel(SignedWish memory signed) private {
        Grant memory grant = signed.grant;
        vm.prank(_ownerOf[_nodes[grant.release].asset]);
        registry.cancelGrant(grant);
        _grantSpent[keccak256(abi.encode(grant))] = true;
        _requireSpentOrNot(grant);
    }

    /// @notice On a release that is by grant alone, with a signed grant or a bad one.
    function publishByGrant(uint256 seed) external seeded(seed) {
        uint40 release = _anyRelease();
        for (uint256 i = 0; i < 8 && !_nodes[release].byGrant; ++i) release = _anyRelease();
        if (_isFull() || !_nodes[release].byGrant) return;
        Wish memory wish = _wishFor(_anyAsset());
        uint256 weight = _nodes[release].floor;
        wish.contributions = _on(release, weight == 0 ? 1 : weight);
        _getGrants(wish, _oneIn(2));
        _tryToPublish(wish);
    }

    /// @notice Takes back one that was shown before, or one that nobody has seen yet.
    function cancelGrant(uint256 seed) external seeded(seed) {
        SignedWish memory signed;
        if (_oldGrants.length != 0 && _oneIn(2)) {
            signed = _oldGrants[_any(_oldGrants.length)];
        } else {
            signed = _anyGrant(_wishFor(_anyAsset()), _anyRelease(), false);
            _oldGrants.push(signed);
        }
        _cancel(signed);
    }

    // ------------------------------------------------------------------------------------------------ administering

    /// @notice Once, or twice in one call.
    function setMetadata(uint256 seed) external seeded(seed) {
        uint40 asset = _anyAsset();
        bytes memory metadata = new bytes(_any(200));
        if (metadata.length != 0) metadata[_any(metadata.length)] = bytes1(uint8(_any(256)));
        bytes[] memory calls = new bytes[](1 + _any(2));
        calls[0] = abi.encodeCall(registry.setMetadata, (asset, "at first"));
        calls[calls.length - 1] = abi.encodeCall(registry.setMetadata, (asset, string(metadata)));
        vm.prank(_ownerOf[asset]);
        registry.multicall(calls);
        _metadataDigest[asset] = sha256(metadata);
    }

    function bindIdentity(uint256 seed) external seeded(seed) {
        uint40 asset = _anyAsset();
        address owner = _ownerOf[asset];
        if (_identityOwners.length < 20 && _oneIn(2)) {
            vm.prank(owner);
            identities.register();
            _identityOwners.push(owner);
        }
        if (_identityOwners.length == 0) return;
        uint256 identity = _identityOwners.length - 1;
        if (_oneIn(2)) identity = _any(_identityOwners.length);
        bool unbound = _identityPlusOne[asset] == 0 && !_identityBound[identity];
        bool allowed = _kindOf[asset] == Kind.Agent && unbound && _identityOwners[identity] == owner;
        vm.prank(owner);
        try registry.bindIdentity(asset, identity) {
            _expect(allowed, "an identity was bound against the rules");
            _expect(registry.assetOfIdentity(identity) == asset, "an identity was bound to another asset");
            _identityPlusOne[asset] = identity + 1;
            _identityBound[identity] = true;
            ++times["identity bound"];
        } catch {
            _expect(!allowed, "an identity was refused within the rules");
        }
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
}
