// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {TimelockController} from "@openzeppelin/contracts/governance/TimelockController.sol";

/// @title AdminTimelock: the admin of a deployment that names no multisig
/// @notice What its proposer wants done as the ledger's admin, to admit a currency, is known for a while before anybody may
/// carry it out. OpenZeppelin's timelock, which nobody administers but itself.
contract AdminTimelock is TimelockController {
    /// @param delay How long a proposal waits, in seconds.
    /// @param proposer Who may propose, and cancel what was proposed.
    constructor(
        uint256 delay,
        address proposer
    ) TimelockController(delay, _only(proposer), _only(address(0)), address(0)) {}

    function _only(address account) private pure returns (address[] memory list) {
        list = new address[](1);
        list[0] = account;
    }
}
