// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Contribution, IFeeLedger, Release} from "../interfaces/IFeeLedger.sol";
import {Split} from "../libraries/Split.sol";

/// @notice What an ancestor will get of everything paid into a release.
/// @param release The ancestor.
/// @param asset Its asset.
/// @param reaches What reaches it, along all paths together, in 1e-18 of a fee.
/// @param keeps What of that it keeps for its asset, in 1e-18 of a fee.
struct AncestorShare {
    uint40 release;
    uint40 asset;
    uint256 reaches;
    uint256 keeps;
}

/// @notice What publishing would lead to.
/// @param ownWeight Parts per million that the release keeps for its own asset.
/// @param floor The floor that it ends with, in parts per million.
/// @param floorIsHigh True if that is above half: hardly anyone will be able to build on it.
/// @param closed A bit for each contribution (the first is bit 0) that needs a grant, unless the publisher owns it.
/// @param ancestors What each ancestor gets, by descending id; rounded down.
/// @param truncated True if there are more ancestors than were asked for.
struct Preview {
    uint24 ownWeight;
    uint24 floor;
    bool floorIsHigh;
    uint256 closed;
    AncestorShare[] ancestors;
    bool truncated;
}

/// @title ReleasePreview: before you publish
/// @notice For calls from outside (`eth_call`): walks the graph, which costs much gas. Changes nothing.
contract ReleasePreview {
    uint256 private constant ONE = 1e18;

    IFeeLedger private immutable LEDGER;

    constructor(IFeeLedger ledger) {
        LEDGER = ledger;
    }

    /// @notice What a list of contributions leads to. Reverts where publishing would, for the same reason; grants apart.
    /// @param keep The asset's keep, in parts per million.
    /// @param declaredFloor The floor that the release would declare, in parts per million.
    /// @param mostAncestors How many ancestors to answer at most.
    function preview(
        Contribution[] calldata contributions,
        uint24 keep,
        uint24 declaredFloor,
        uint256 mostAncestors
    ) external view returns (Preview memory result) {
        if (declaredFloor > Split.WHOLE) revert IFeeLedger.AboveWhole(declaredFloor);
        if (contributions.length > 64) revert IFeeLedger.TooMany(contributions.length, 64);
        result.floor = declaredFloor;
        uint256 sum;
        uint40 previous;
        for (uint256 i = 0; i < contributions.length; ++i) {
            Contribution calldata edge = contributions[i];
            if (edge.release <= previous) revert IFeeLedger.ContributionsNotAscending(edge.release);
            previous = edge.release;
            Release memory parent = LEDGER.releaseInfo(edge.release);
            if (parent.retired) revert IFeeLedger.ReleaseRetired(edge.release);
            if (edge.weight == 0) revert IFeeLedger.ZeroWeight(edge.release);
            if (edge.weight < parent.floor) {
                revert IFeeLedger.WeightBelowFloor(edge.release, edge.weight, parent.floor);
            }
            if (parent.byGrant) result.closed |= 1 << i;
            uint256 inherited = Split.inheritedFloorUp(parent.floor, edge.weight);
            if (inherited > result.floor) result.floor = uint24(inherited); // <= WHOLE, since weight >= floor
            sum += edge.weight;
        }
        if (sum > Split.WHOLE) revert IFeeLedger.WeightsAboveWhole(sum);
        result.ownWeight = uint24(Split.WHOLE - sum); // <= WHOLE
        if (result.ownWeight < keep) revert IFeeLedger.OwnWeightBelowKeep(result.ownWeight, keep);
        result.floorIsHigh = result.floor > Split.WHOLE / 2;
        (result.ancestors, result.truncated) = _ancestors(contributions, mostAncestors);
    }

    /// @dev Takes the highest id that waits, which has got all that it will, since releases name lower ids only.
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

    /// @dev Adds what each contribution gets to those that wait, which stand by ascending id.
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
