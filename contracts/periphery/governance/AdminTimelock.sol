// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {TimelockController} from "@openzeppelin/contracts/governance/TimelockController.sol";

/// @title AdminTimelock: the admin of a deployment that names no multisig
/// @notice OpenZeppelin's timelock with one proposer and one canceller. The proposer schedules a call. The call is public for
/// the whole delay; the canceller can cancel it, and the proposer cannot. After the delay, anybody may execute it. As the
/// ledger's admin, the timelock can admit a currency. If it is the beneficiary of the commons, too, it can spend and withdraw
/// the beneficiary's credit. Its own roles and its delay change only by such a call. No call can touch the money of any other
/// account.
contract AdminTimelock is TimelockController {
    /// @param delay The least time that a proposal waits, in seconds.
    /// @param proposer The account that may propose. It may cancel only if it is the canceller, too.
    /// @param canceller The account that may cancel proposals. With another account than the proposer, a thief of either key
    /// cannot act alone: the canceller stops a thief's proposals, and cannot make any.
    constructor(
        uint256 delay,
        address proposer,
        address canceller
    ) TimelockController(delay, _only(proposer), _only(address(0)), address(0)) {
        // OpenZeppelin's constructor lets every proposer cancel. A thief of the proposer's key could then cancel its removal.
        _revokeRole(CANCELLER_ROLE, proposer);
        _grantRole(CANCELLER_ROLE, canceller);
    }

    function _only(address account) private pure returns (address[] memory list) {
        list = new address[](1);
        list[0] = account;
    }
}
