// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {TimelockController} from "@openzeppelin/contracts/governance/TimelockController.sol";

/// @title AdminTimelock: the admin of a deployment that names no multisig
/// @notice Its proposer schedules what it is to do as the ledger's admin, that is, to admit a currency. This is public for
/// a while before anybody may execute it. OpenZeppelin's timelock, which nobody but itself administers.
contract AdminTimelock is TimelockController {
    /// @param delay The least time that a proposal waits, in seconds.
    /// @param proposer The account that may propose, and cancel proposals.
    constructor(
        uint256 delay,
        address proposer
    ) TimelockController(delay, _only(proposer), _only(address(0)), address(0)) {}

    function _only(address account) private pure returns (address[] memory list) {
        list = new address[](1);
        list[0] = account;
    }
}
