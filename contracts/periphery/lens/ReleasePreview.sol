// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Arrays} from "@openzeppelin/contracts/utils/Arrays.sol";
import {IAssetRegistry} from "../../interfaces/IAssetRegistry.sol";
import {Contribution, IFeeLedger, Release} from "../../interfaces/IFeeLedger.sol";
import {Split} from "../../libraries/Split.sol";
import {IGraphErrors} from "../../interfaces/IGraphErrors.sol";

/// @notice An ancestor's part of everything that is paid into a release.
/// @param release The ancestor.
/// @param asset Its asset.
/// @param reaches The part that reaches it, along all paths together, in 1e-18 of a fee.
/// @param keeps The part that it keeps for its asset, in 1e-18 of a fee.
struct AncestorShare {
    uint40 release;
    uint40 asset;
    uint256 reaches;
    uint256 keeps;
}

/// @notice The release that publishing would lead to.
/// @param ownWeight Parts per million that the release keeps for its own asset.
/// @param floor The floor that it ends with, in parts per million.
/// @param floorIsHigh True if the floor is above half: hardly anyone will be able to build on the release.
/// @param closed A bit for each contribution (the first is bit 0) that needs a grant, unless the publisher owns it.
/// @param ancestors The part that each ancestor gets, by descending id; rounded down.
/// @param truncated True if there are more ancestors than were asked for.
struct Preview {
    uint24 ownWeight;
    uint24 floor;
    bool floorIsHigh;
    uint256 closed;
    AncestorShare[] ancestors;
    bool truncated;
}

/// @title ReleasePreview: before you sign
/// @notice Answers what a transaction would lead to: publishing, paying, collecting. Meant for calls from outside
/// (`eth_call`), because it walks the graph, which costs much gas. Changes nothing.
contract ReleasePreview {
    uint256 private constant ONE = 1e18;
    uint256 private constant TOTAL_SHARES = 100_000_000;

    /// @dev The totals that these releases have received and settled, by ascending id. Of an id that occurs twice, the first
    /// entry counts.
    struct Flows {
        uint256[] ids;
        uint256[] received;
        uint256[] settled;
    }

    IFeeLedger private immutable LEDGER;

    constructor(IFeeLedger ledger) {
        LEDGER = ledger;
    }

    /// @notice Previews the release that a list of contributions leads to. Reverts where publishing would, for the same
    /// reason; grants are not checked.
    /// @param contributions The contributions that the release would have, by ascending release id.
    /// @param keep The asset's keep, in parts per million.
    /// @param declaredFloor The floor that the release would declare, in parts per million.
    /// @param mostAncestors The most ancestors to return.
    function preview(
        Contribution[] calldata contributions,
        uint24 keep,
        uint24 declaredFloor,
        uint256 mostAncestors
    ) external view returns (Preview memory result) {
        if (declaredFloor > Split.WHOLE) revert IGraphErrors.AboveWhole(declaredFloor);
        if (contributions.length > 64) revert IGraphErrors.TooMany(contributions.length, 64);
        result.floor = declaredFloor;
        uint256 sum;
        uint40 previous;
        for (uint256 i = 0; i < contributions.length; ++i) {
            Contribution calldata edge = contributions[i];
            if (edge.release <= previous) revert IGraphErrors.ContributionsNotAscending(edge.release);
            previous = edge.release;
            Release memory parent = LEDGER.releaseInfo(edge.release);
            if (parent.retired) revert IGraphErrors.ReleaseRetired(edge.release);
            if (edge.weight == 0) revert IGraphErrors.ZeroWeight(edge.release);
            if (edge.weight < parent.floor) {
                revert IGraphErrors.WeightBelowFloor(edge.release, edge.weight, parent.floor);
            }
            if (parent.byGrant) result.closed |= 1 << i;
            uint256 inherited = Split.inheritedFloorUp(parent.floor, edge.weight);
            if (inherited > result.floor) result.floor = uint24(inherited); // <= WHOLE, since weight >= floor
            sum += edge.weight;
        }
        if (sum > Split.WHOLE) revert IGraphErrors.WeightsAboveWhole(sum);
        result.ownWeight = uint24(Split.WHOLE - sum); // <= WHOLE
        if (result.ownWeight < keep) revert IGraphErrors.OwnWeightBelowKeep(result.ownWeight, keep);
        result.floorIsHigh = result.floor > Split.WHOLE / 2;
        (result.ancestors, result.truncated) = _ancestors(contributions, mostAncestors);
    }

    /// @notice Tells whether an account may build on a release now. It checks only what depends on account, asset and release;
    /// {preview} checks the rest of a draft. Reverts if the asset does not exist.
    /// @param release The release to build on.
    /// @param account The account that would publish.
    /// @param asset The asset that it would publish a release of; 0 for one that it would register.
    /// @return allowed True if it may, without a signed grant.
    /// @return reason The name of the error that publishing would revert with; empty if it may.
    /// @return leastWeight The least weight, in parts per million, that a contribution to the release must have; 0 if there
    /// is no such release.
    function mayBuildOn(
        uint40 release,
        address account,
        uint40 asset
    ) external view returns (bool allowed, string memory reason, uint24 leastWeight) {
        IAssetRegistry registry = IAssetRegistry(LEDGER.registry());
        uint40 itsAsset = LEDGER.assetOf(release);
        if (asset != 0 && registry.ownerOf(asset) != account) reason = "NotAssetOwner";
        else if (itsAsset == 0) reason = "UnknownRelease";
        if (itsAsset == 0) return (false, reason, 0);

        Release memory info = LEDGER.releaseInfo(release);
        leastWeight = info.floor == 0 ? 1 : info.floor;
        if (bytes(reason).length != 0) return (false, reason, leastWeight);
        if (info.retired) return (false, "ReleaseRetired", leastWeight);
        bool granted =
            !info.byGrant ||
                registry.accountGrant(release, account) ||
                registry.assetGrant(release, asset) ||
                registry.ownerOf(itsAsset) == account;
        return granted ? (true, "", leastWeight) : (false, "GrantRequired", leastWeight);
    }

    /// @notice Tells where a fee that is paid into a release goes once everything is settled: to the release itself and to
    /// each of its ancestors. The commons' part is taken from what each keeps.
    /// @param release The release that would be paid. Reverts with {IFeeLedger-UnknownRelease}.
    /// @param most The most releases to return.
    /// @return shares The part that each gets, by descending id, the release itself first; rounded down.
    /// @return truncated True if there are more than were asked for.
    function whereFeesGo(
        uint40 release,
        uint256 most
    ) external view returns (AncestorShare[] memory shares, bool truncated) {
        if (LEDGER.assetOf(release) == 0) revert IGraphErrors.UnknownRelease(release);
        Contribution[] memory whole = new Contribution[](1);
        whole[0] = Contribution(release, Split.WHOLE);
        return _ancestors(whole, most);
    }

    /// @notice Computes what {IFeeLedger-collect} would pay an account now, to the unit. The part above
    /// {IFeeLedger-claimable} is not settled yet: it goes with the shares if they are sold first.
    /// @param account The account that would collect.
    /// @param releases The releases to settle, each before the releases it was built from: descending ids do.
    /// @param assets Ids of assets that the account holds or held shares of.
    /// @param currency The currency to settle and to be paid in.
    /// @return amount Base units, possibly 0.
    function collectable(
        address account,
        uint40[] calldata releases,
        uint40[] calldata assets,
        address currency
    ) external view returns (uint256 amount) {
        uint256[] memory ids = _ascending(assets);
        uint256[] memory kept = _keptBySettling(releases, ids, currency);
        for (uint256 i = 0; i < ids.length; ++i) {
            // An asset that is named twice is paid once.
            if (i > 0 && ids[i] == ids[i - 1]) continue;
            amount += _claimableAfter(kept[i], account, uint40(ids[i]), currency);
        }
    }

    /// @dev Computes what claiming for the asset would pay if its income were higher by `kept`.
    function _claimableAfter(
        uint256 kept,
        address account,
        uint40 asset,
        address currency
    ) private view returns (uint256) {
        (uint256 income, ) = LEDGER.incomeOf(asset, currency);
        (uint256 mark, uint256 accrued) = LEDGER.holdingOf(account, asset, currency);
        uint256 earned = Split.portionBetween(mark, income + kept, Split.WHOLE - LEDGER.commonsPpm());
        return (accrued + LEDGER.balanceOf(account, asset) * earned) / TOTAL_SHARES;
    }

    /// @dev Computes what settling these releases, one after the other, would add to the income of each of these assets.
    function _keptBySettling(
        uint40[] calldata releases,
        uint256[] memory assets,
        address currency
    ) private view returns (uint256[] memory kept) {
        kept = new uint256[](assets.length);
        Flows memory flows = _flowsOf(releases, currency);
        for (uint256 i = 0; i < releases.length; ++i) {
            uint256 place = Arrays.lowerBoundMemory(flows.ids, releases[i]);
            uint256 from = flows.settled[place];
            uint256 to = flows.received[place];
            if (from == to) continue;
            flows.settled[place] = to;
            Release memory info = LEDGER.releaseInfo(releases[i]);
            _add(kept, assets, info.asset, Split.portionBetween(from, to, info.ownWeight));
            _passOn(flows, info.contributions, from, to);
        }
    }

    function _flowsOf(uint40[] calldata releases, address currency) private view returns (Flows memory flows) {
        uint256 count = releases.length;
        flows = Flows(_ascending(releases), new uint256[](count), new uint256[](count));
        for (uint256 i = 0; i < count; ++i) {
            (flows.received[i], flows.settled[i]) = LEDGER.flowOf(uint40(flows.ids[i]), currency);
        }
    }

    function _passOn(Flows memory flows, Contribution[] memory contributions, uint256 from, uint256 to) private pure {
        for (uint256 i = 0; i < contributions.length; ++i) {
            uint256 passed = Split.portionBetween(from, to, contributions[i].weight);
            _add(flows.received, flows.ids, contributions[i].release, passed);
        }
    }

    /// @dev Adds to the amount of an id. Ignores an id that is not in the list: what others get is not asked for.
    function _add(uint256[] memory amounts, uint256[] memory ids, uint256 id, uint256 amount) private pure {
        uint256 place = Arrays.lowerBoundMemory(ids, id);
        if (place < ids.length && ids[place] == id) amounts[place] += amount;
    }

    /// @dev Sorts by insertion, from the end of the list on, because a list to settle descends.
    function _ascending(uint40[] calldata list) private pure returns (uint256[] memory sorted) {
        sorted = new uint256[](list.length);
        for (uint256 count = 0; count < list.length; ++count) {
            uint256 id = list[list.length - 1 - count];
            uint256 place = count;
            for (; place > 0 && sorted[place - 1] > id; --place) sorted[place] = sorted[place - 1];
            sorted[place] = id;
        }
    }

    /// @dev Takes the highest waiting id in each step. It has received everything by then, because releases name lower ids only.
    function _ancestors(
        Contribution[] memory contributions,
        uint256 most
    ) private view returns (AncestorShare[] memory found, bool truncated) {
        AncestorShare[] memory waiting = new AncestorShare[](most + 64);
        found = new AncestorShare[](most);
        uint256 waitingCount = _passOn(waiting, 0, contributions, ONE);
        uint256 count;
        while (waitingCount > 0 && count < most) {
            AncestorShare memory share = waiting[--waitingCount];
            Release memory info = LEDGER.releaseInfo(share.release);
            share.asset = info.asset;
            share.keeps = Split.portionDown(share.reaches, info.ownWeight);
            found[count++] = share;
            if (waitingCount + info.contributions.length > waiting.length) waiting = _longer(waiting);
            waitingCount = _passOn(waiting, waitingCount, info.contributions, share.reaches);
        }
        truncated = waitingCount > 0;
        assembly ("memory-safe") {
            mstore(found, count) // at most `most`, its length
        }
    }

    /// @dev Adds what each contribution gets to the waiting list, which ascends by id.
    function _passOn(
        AncestorShare[] memory waiting,
        uint256 count,
        Contribution[] memory contributions,
        uint256 reaches
    ) private pure returns (uint256) {
        for (uint256 i = 0; i < contributions.length; ++i) {
            uint40 release = contributions[i].release;
            uint256 passed = Split.portionDown(reaches, contributions[i].weight);
            uint256 place = count;
            while (place > 0 && waiting[place - 1].release > release) --place;
            if (place > 0 && waiting[place - 1].release == release) {
                waiting[place - 1].reaches += passed;
                continue;
            }
            for (uint256 j = count++; j > place; --j) waiting[j] = waiting[j - 1];
            waiting[place] = AncestorShare(release, 0, passed, 0);
        }
        return count;
    }

    function _longer(AncestorShare[] memory list) private pure returns (AncestorShare[] memory longer) {
        longer = new AncestorShare[](list.length * 2 + 64);
        for (uint256 i = 0; i < list.length; ++i) longer[i] = list[i];
    }
}
