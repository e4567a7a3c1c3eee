// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

/// @notice A contribution: a release that another one was built from.
/// @param release An earlier release.
/// @param weight Parts per million of everything the new release receives that it passes on to `release`; at least 1.
struct Contribution {
    uint40 release;
    uint24 weight;
}
