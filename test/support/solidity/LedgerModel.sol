// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Grant} from "../../../contracts/interfaces/IAssetRegistry.sol";
import {Contribution, Kind, Release} from "../../../contracts/interfaces/IFeeLedger.sol";

/// @notice A second implementation of the ledger's arithmetic, that never reads the ledger. Where the ledger adds
/// differences as money moves, this computes totals from the fees that were paid and the deals as they were given:
///
///   received[p] = direct[p] + Σ ⌊settled[r] · w⌋ over the releases r that name p
///   income[a]   = Σ ⌊settled[r] · ownWeight[r]⌋ over the releases r of a
///
/// The ledger books a shareholder's earnings only when it must; this model books them for all holders at once, whenever an
/// asset's income changes.
abstract contract LedgerModel {
    uint256 internal constant WHOLE = 1_000_000;
    uint256 internal constant TOTAL_SHARES = 100_000_000;

    /// @dev contributions and dependants are packed as id << 24 | weight.
    struct Node {
        uint40 asset;
        uint24 ownWeight;
        uint24 declaredFloor;
        uint24 floor;
        bool byGrant;
        bool retired;
        bytes32 deal;
        uint64[] contributions;
        uint64[] dependants;
    }

    /// @dev A release as somebody wants it, before anyone said that it is allowed.
    struct Wish {
        address sender;
        uint40 asset;
        Kind kind;
        uint24 keep;
        uint24 floor;
        bool byGrant;
        Contribution[] contributions;
        SignedWish[] grants;
    }

    /// @dev A signed grant as somebody shows it.
    struct SignedWish {
        Grant grant;
        address signer;
    }

    uint24 internal immutable COMMONS_PPM;

    /// @dev Indexed by release id; the first is no release.
    Node[] internal _nodes;
    uint40[] internal _assets;
    mapping(uint40 asset => uint40[]) internal _releasesOf;
    mapping(uint40 asset => Kind) internal _kindOf;
    mapping(uint40 asset => uint24) internal _keepOf;
    mapping(uint40 asset => address) internal _ownerOf;
    mapping(uint40 release => mapping(address account => bool)) internal _accountGrant;
    mapping(uint40 release => mapping(uint40 asset => bool)) internal _assetGrant;
    /// @dev True for the hash of a grant that was used or cancelled.
    mapping(bytes32 grant => bool) internal _grantSpent;
    mapping(uint40 asset => bytes32) internal _metadataDigest;
    /// @dev Plus one; zero where there is none.
    mapping(uint40 asset => uint256) internal _identityPlusOne;

    mapping(address currency => mapping(uint40 release => uint256)) internal _direct;
    mapping(address currency => mapping(uint40 release => uint256)) internal _settled;
    mapping(address currency => mapping(uint40 asset => uint256)) internal _swept;
    mapping(address currency => mapping(address account => uint256)) internal _credit;
    mapping(address currency => mapping(address account => uint256)) internal _wallet;
    /// @dev Native money.
    mapping(address account => uint256) internal _nativeWallet;
    /// @dev Money that arrived in the ledger, and money that left it.
    mapping(address currency => uint256) public moneyIn;
    mapping(address currency => uint256) public moneyOut;

    /// @dev Everyone who ever held shares of an asset.
    mapping(uint40 asset => address[]) internal _holders;
    mapping(uint40 asset => mapping(address account => bool)) internal _everHeld;
    mapping(uint40 asset => mapping(address account => uint256)) internal _shares;
    /// @dev In 1e-8 units, never divided.
    mapping(address currency => mapping(uint40 asset => mapping(address account => uint256))) internal _earned;
    mapping(address currency => mapping(uint40 asset => mapping(address account => uint256))) internal _paid;

    uint256 public edgeCount;
    uint256 public pairCount;

    constructor(uint24 commonsPpm) {
        COMMONS_PPM = commonsPpm;
        _nodes.push();
    }

    function part(uint256 total, uint256 weight) public pure returns (uint256) {
        return (total * weight) / WHOLE;
    }

    // ----------------------------------------------------------------------------------------------------- the graph

    function releaseCount() public view returns (uint40) {
        return uint40(_nodes.length - 1);
    }

    function assets() external view returns (uint40[] memory) {
        return _assets;
    }

    function dealOf(uint40 release) external view returns (bytes32) {
        return _nodes[release].deal;
    }

    function expectedMetadata(uint40 asset) external view returns (bytes32) {
        return _metadataDigest[asset];
    }

    function expectedIdentity(uint40 asset) external view returns (bool bound, uint256 identity) {
        if (_identityPlusOne[asset] != 0) return (true, _identityPlusOne[asset] - 1);
    }

    function isRetired(uint40 release) external view returns (bool) {
        return _nodes[release].retired;
    }

    function keepOf(uint40 release) external view returns (uint24) {
        return _keepOf[_nodes[release].asset];
    }

    /// @notice The terms of a release. The word for it being retired is left out: that may change.
    function digest(Release memory release) public pure returns (bytes32) {
        release.retired = false;
        return keccak256(abi.encode(release));
    }

    /// @dev Returns true if the rules of the design allow the release.
    function _isAllowed(Wish memory wish) internal view returns (bool) {
        uint256 sum;
        uint256 previous;
        for (uint256 i = 0; i < wish.contributions.length; ++i) {
            Contribution memory contribution = wish.contributions[i];
            uint40 id = contribution.release;
            if (id <= previous || id > releaseCount()) return false;
            previous = id;
            Node storage node = _nodes[id];
            if (node.retired || contribution.weight == 0 || contribution.weight < node.floor) return false;
            if (node.byGrant && !_mayName(wish, id) && !_hasGoodGrant(wish, id)) return false;
            sum += contribution.weight;
        }
        return wish.contributions.length <= 64 && sum + wish.keep <= WHOLE && wish.floor <= WHOLE;
    }

    function _mayName(Wish memory wish, uint40 id) internal view returns (bool) {
        return
            _ownerOf[_nodes[id].asset] == wish.sender || _accountGrant[id][wish.sender] || _assetGrant[id][wish.asset];
    }

    /// @dev Returns true if the first grant for the release is valid.
    function _hasGoodGrant(Wish memory wish, uint40 id) private view returns (bool) {
        for (uint256 i = 0; i < wish.grants.length; ++i) {
            Grant memory grant = wish.grants[i].grant;
            if (grant.release != id) continue;
            bool named =
                grant.account == wish.sender || (grant.asset == wish.asset && _ownerOf[wish.asset] != address(0));
            bool bySignature = wish.grants[i].signer == _ownerOf[_nodes[id].asset];
            return
                named && bySignature && block.timestamp <= grant.deadline && !_grantSpent[keccak256(abi.encode(grant))];
        }
        return false;
    }

    /// @dev Uses up the grants that an allowed release could not do without. Before it is added.
    function _spendGrants(Wish memory wish) internal returns (bool any) {
        for (uint256 i = 0; i < wish.contributions.length; ++i) {
            uint40 id = wish.contributions[i].release;
            if (!_nodes[id].byGrant || _mayName(wish, id)) continue;
            for (uint256 j = 0; j < wish.grants.length; ++j) {
                if (wish.grants[j].grant.release != id) continue;
                _grantSpent[keccak256(abi.encode(wish.grants[j].grant))] = true;
                any = true;
                break;
            }
        }
    }

    /// @dev The smallest floor of a release at which `weight` of it is never less than `floor`.
    function _handedDown(uint256 floor, uint256 weight) private pure returns (uint256 handedDown) {
        handedDown = (floor * WHOLE) / weight;
        if (handedDown * weight < floor * WHOLE) ++handedDown;
    }

    function _addNode(Wish memory wish) internal returns (uint40 id) {
        id = uint40(_nodes.length);
        Node storage node = _nodes.push();
        uint256 ownWeight = WHOLE;
        uint256 floor = wish.floor;
        for (uint256 i = 0; i < wish.contributions.length; ++i) {
            Contribution memory contribution = wish.contributions[i];
            uint256 weight = contribution.weight;
            ownWeight -= weight;
            uint256 handedDown = _handedDown(_nodes[contribution.release].floor, weight);
            if (handedDown > floor) floor = handedDown;
            node.contributions.push((uint64(contribution.release) << 24) | uint64(weight));
            _nodes[contribution.release].dependants.push((uint64(id) << 24) | uint64(weight));
        }
        edgeCount += wish.contributions.length;
        node.asset = wish.asset;
        node.ownWeight = uint24(ownWeight);
        node.declaredFloor = wish.floor;
        node.floor = uint24(floor);
        node.byGrant = wish.byGrant;
        _releasesOf[wish.asset].push(id);
        node.deal = digest(
            Release(
                wish.asset,
                wish.kind,
                node.ownWeight,
                node.floor,
                wish.keep,
                wish.byGrant,
                false,
                wish.contributions
            )
        );
    }

    function _addAsset(Wish memory wish, address owner) internal {
        _assets.push(wish.asset);
        _kindOf[wish.asset] = wish.kind;
        _keepOf[wish.asset] = wish.keep;
        _ownerOf[wish.asset] = owner;
        _addNode(wish);
    }

    /// @notice The part of a fee paid into `release` that floors promise to each release: its declared floor, less a unit
    /// for each edge of the shortest path to it; 0 where there is no path.
    function promisedByFloors(uint40 release, uint256 fee) external view returns (uint256[] memory promised) {
        promised = new uint256[](release + 1);
        uint256[] memory steps = new uint256[](release + 1); // 1 + edges on the way, 0 where there is none
        steps[release] = 1;
        for (uint40 id = release; id > 0; --id) {
            if (steps[id] == 0) continue;
            uint256 demanded = part(fee, _nodes[id].declaredFloor);
            promised[id] = demanded > steps[id] - 1 ? demanded - (steps[id] - 1) : 0;
            uint64[] memory contributions = _nodes[id].contributions;
            for (uint256 i = 0; i < contributions.length; ++i) {
                uint256 to = contributions[i] >> 24;
                if (steps[to] == 0 || steps[to] > steps[id] + 1) steps[to] = steps[id] + 1;
            }
        }
    }

    // ----------------------------------------------------------------------------------------------------- the money

    function _receivedBy(address currency, uint40 release) private view returns (uint256 total) {
        total = _direct[currency][release];
        uint64[] memory dependants = _nodes[release].dependants;
        for (uint256 i = 0; i < dependants.length; ++i) {
            total += part(_settled[currency][uint40(dependants[i] >> 24)], uint24(dependants[i]));
        }
    }

    function _incomeOf(address currency, uint40 asset) internal view returns (uint256 total) {
        uint40[] memory releases = _releasesOf[asset];
        for (uint256 i = 0; i < releases.length; ++i) {
            total += part(_settled[currency][releases[i]], _nodes[releases[i]].ownWeight);
        }
    }

    /// @dev Releases of any id, known or not.
    function _modelSettle(address currency, uint40[] memory releases) internal {
        for (uint256 i = 0; i < releases.length; ++i) {
            uint40 id = releases[i];
            if (id == 0 || id > releaseCount()) continue;
            uint256 received = _receivedBy(currency, id);
            if (received == _settled[currency][id]) continue;
            uint40 asset = _nodes[id].asset;
            uint256 before = part(_incomeOf(currency, asset), WHOLE - COMMONS_PPM);
            _settled[currency][id] = received;
            _earn(currency, asset, part(_incomeOf(currency, asset), WHOLE - COMMONS_PPM) - before);
        }
    }

    function _earn(address currency, uint40 asset, uint256 amount) private {
        if (amount == 0) return;
        address[] memory holders = _holders[asset];
        for (uint256 i = 0; i < holders.length; ++i) {
            _earned[currency][asset][holders[i]] += amount * _shares[asset][holders[i]];
        }
    }

    function _give(uint40 asset, address account, uint256 shares) internal {
        if (shares == 0) return;
        _shares[asset][account] += shares;
        if (_everHeld[asset][account]) return;
        _everHeld[asset][account] = true;
        _holders[asset].push(account);
        ++pairCount;
    }

    function _due(address currency, uint40 asset, address account) internal view returns (uint256) {
        return _earned[currency][asset][account] / TOTAL_SHARES - _paid[currency][asset][account];
    }

    /// @dev The amount that a claim pays. Assets of any id, known or not, named twice or not.
    function _modelPayOut(address currency, address account, uint40[] memory list) internal returns (uint256 amount) {
        for (uint256 i = 0; i < list.length; ++i) {
            uint256 due = _due(currency, list[i], account);
            _paid[currency][list[i]][account] += due;
            amount += due;
        }
    }

    function _modelSweep(address currency, uint40[] memory list) internal returns (uint256 amount) {
        for (uint256 i = 0; i < list.length; ++i) {
            uint256 entitled = part(_incomeOf(currency, list[i]), COMMONS_PPM);
            amount += entitled - _swept[currency][list[i]];
            _swept[currency][list[i]] = entitled;
        }
    }

    // -------------------------------------------------------------------------------------------------- expectations

    /// @notice The amounts that every release has received and settled now, by id.
    function expectedFlows(
        address currency
    ) external view returns (uint256[] memory received, uint256[] memory settled) {
        uint256 length = _nodes.length;
        received = new uint256[](length);
        settled = new uint256[](length);
        for (uint40 id = 1; id < length; ++id) {
            settled[id] = _settled[currency][id];
            received[id] += _direct[currency][id];
            if (settled[id] != 0) _passOn(id, settled[id], received);
        }
    }

    /// @notice Returns the amounts that every release will have received, and so settled, once everything is settled,
    /// and the amounts it will then have kept for its asset: a function of the fees alone.
    function expectedInTheEnd(
        address currency
    ) external view returns (uint256[] memory received, uint256[] memory kept) {
        uint256 length = _nodes.length;
        received = new uint256[](length);
        kept = new uint256[](length);
        for (uint256 id = length - 1; id > 0; --id) {
            received[id] += _direct[currency][uint40(id)];
            if (received[id] == 0) continue;
            kept[_nodes[id].asset] += part(received[id], _nodes[id].ownWeight);
            _passOn(id, received[id], received);
        }
    }

    function _passOn(uint256 id, uint256 settled, uint256[] memory received) private view {
        uint64[] memory contributions = _nodes[id].contributions;
        for (uint256 i = 0; i < contributions.length; ++i) {
            received[contributions[i] >> 24] += part(settled, uint24(contributions[i]));
        }
    }

    function expectedIncome(address currency, uint40 asset) external view returns (uint256 income, uint256 swept) {
        return (_incomeOf(currency, asset), _swept[currency][asset]);
    }

    function sharesOf(uint40 asset, address account) external view returns (uint256) {
        return _shares[asset][account];
    }

    function expectedWallet(address currency, address account) external view returns (uint256) {
        return _wallet[currency][account];
    }

    function expectedNative(address account) external view returns (uint256) {
        return _nativeWallet[account];
    }

    function expectedCredit(address currency, address account) external view returns (uint256) {
        return _credit[currency][account];
    }

    /// @notice The amount that a claim for all assets would pay now.
    function expectedClaimable(address currency, address account) external view returns (uint256 amount) {
        for (uint256 i = 0; i < _assets.length; ++i) {
            if (_everHeld[_assets[i]][account]) amount += _due(currency, _assets[i], account);
        }
    }
}
