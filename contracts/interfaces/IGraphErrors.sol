// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

/// @title Why an asset or a release is refused
/// @notice The ledger finds the fault and the registry passes the error on. It is in the ABI of both, so that wallets and
/// block explorers can name it.
interface IGraphErrors {
    /// @notice There is no release with this id.
    error UnknownRelease(uint40 release);
    /// @notice This account may not receive money or shares: they would be lost there.
    error InvalidRecipient(address to);
    /// @notice A release names at most 64 contributions, an initial allocation at most 64 contributors.
    error TooMany(uint256 given, uint256 limit);
    /// @notice The contribution's release id does not ascend from the one before it: sort the list, name each once.
    error ContributionsNotAscending(uint40 release);
    /// @notice A contribution needs a weight of at least 1 ppm.
    error ZeroWeight(uint40 release);
    /// @notice The weight is under the floor of the release that it names.
    error WeightBelowFloor(uint40 release, uint24 weight, uint24 floor);
    /// @notice The release is retired: nothing new may be built on it.
    error ReleaseRetired(uint40 release);
    /// @notice The weights add up to more than 1,000,000 ppm.
    error WeightsAboveWhole(uint256 sum);
    /// @notice A floor, or a commons' part, above 1,000,000 ppm.
    error AboveWhole(uint256 weight);
    /// @notice The release would keep less for its asset than the asset's keep promises to shareholders.
    error OwnWeightBelowKeep(uint256 ownWeight, uint256 keep);
    /// @notice An initial allocation must add up to exactly 100,000,000 shares.
    error SharesNotWhole(uint256 sum);
}
