// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Clones} from "@openzeppelin/contracts/proxy/Clones.sol";
import {IFeeLedger} from "../../interfaces/IFeeLedger.sol";
import {Inlet} from "./Inlet.sol";

/// @title Inlets: for every release an address to send money to
/// @notice {inletOf} is known before anything is deployed there, and before the release exists. Publish it as the
/// address to pay (in x402: `payTo`) only once the release is final, because a reorg can give the id to another release.
/// Anyone may {sync}.
contract Inlets {
    /// @notice The code that inlets share.
    address public immutable implementation;

    /// @notice The inlet of a release was deployed.
    event InletOpened(uint40 indexed release, address indexed inlet);

    constructor(IFeeLedger ledger) {
        implementation = address(new Inlet(ledger));
    }

    /// @notice The address that pays a release.
    /// @param release The release's id.
    function inletOf(uint40 release) public view returns (address payable) {
        return
            payable(
                Clones.predictDeterministicAddressWithImmutableArgs(implementation, abi.encode(release), bytes32(0))
            );
    }

    /// @notice Deploys the inlet of a release if it is not there yet.
    /// @param release The release's id.
    /// @return inlet The inlet, at {inletOf}.
    function open(uint40 release) public returns (Inlet inlet) {
        inlet = Inlet(inletOf(release));
        if (address(inlet).code.length != 0) return inlet;
        Clones.cloneDeterministicWithImmutableArgs(implementation, abi.encode(release), bytes32(0));
        emit InletOpened(release, address(inlet));
    }

    /// @notice Pays all that lies in a release's inlet into the release: see {Inlet-sync}.
    /// @param release The release's id.
    /// @param currency An admitted currency.
    /// @return received Base units that became a fee.
    function sync(uint40 release, address currency) external returns (uint256 received) {
        return open(release).sync(currency);
    }

    /// @notice Like {sync}, for native money.
    /// @param release The release's id.
    /// @return received Base units that became a fee.
    function syncNative(uint40 release) external returns (uint256 received) {
        return open(release).syncNative();
    }

    /// @notice Pays what a release's inlet has earned, its credit and all that lies there into the release: see
    /// {Inlet-collect}.
    /// @param release The release's id.
    /// @param assets Ids of assets that the inlet holds or held shares of.
    /// @param currency An admitted currency.
    /// @return received Base units that became a fee.
    function collect(uint40 release, uint40[] calldata assets, address currency) external returns (uint256 received) {
        return open(release).collect(assets, currency);
    }

    /// @notice Sends a token that is not admitted to the owner of the release's asset: see {Inlet-recover}.
    /// @param release The release's id.
    /// @param token The token.
    function recover(uint40 release, address token) external {
        open(release).recover(token);
    }

    /// @notice Like {recover}, for native money.
    /// @param release The release's id.
    function recoverNative(uint40 release) external {
        open(release).recoverNative();
    }
}
