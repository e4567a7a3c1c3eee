// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IERC1155Receiver} from "@openzeppelin/contracts/token/ERC1155/IERC1155Receiver.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Address} from "@openzeppelin/contracts/utils/Address.sol";
import {ERC165, IERC165} from "@openzeppelin/contracts/utils/introspection/ERC165.sol";
import {Clones} from "@openzeppelin/contracts/proxy/Clones.sol";
import {IFeeLedger} from "../../interfaces/IFeeLedger.sol";

/// @title Outlet: holds shares for one account and passes everything that they earn on to it
/// @notice For an account that is a contract which never calls the ledger: an escrow, a vault, a splitter. Anyone may pass on
/// what lies here, to that account and nowhere else. The shares move only by the account's own call, and only to it.
/// An outlet pays no fees and is never a known payer: a fee that names it as payer is what somebody else says.
/// It accepts no asset (ERC-721), and has no way to send one on: an asset that is moved here without asking is locked.
/// @dev A clone made by {Outlets}, which puts the account behind its code. It emits nothing: the ledger's {IFeeLedger-
/// ClaimedToCredit} and {IFeeLedger-Withdrawn} tell what was earned and where it went, the token's own log the rest.
/// It needs no guard against re-entry, because whoever enters, at whatever moment, can only move more to the account.
contract Outlet is IERC1155Receiver, ERC165 {
    using SafeERC20 for IERC20;

    IFeeLedger private immutable LEDGER;

    /// @notice Only the account that the outlet leads to may move its shares.
    error OnlyAccount(address account);
    /// @notice An outlet accepts no token with callbacks but the ledger's shares.
    error OnlyLedgerShares(address token);

    constructor(IFeeLedger ledger) {
        LEDGER = ledger;
    }

    /// @notice Accepts native money. {passNative} passes it on.
    receive() external payable {}

    /// @notice The account that this outlet leads to.
    function account() public view returns (address) {
        return abi.decode(Clones.fetchCloneArgs(address(this)), (address));
    }

    /// @notice Passes on what shares held here have earned, all credit of the outlet, and all that lies here of one token. Does
    /// nothing if there is none of it. Reverts, and leaves it where it is, if the token refuses the transfer.
    /// @param assets Ids of assets that the outlet holds or held shares of.
    /// @param currency A currency, or any other ERC-20 token: of that only what lies here.
    /// @return amount Base units that were sent to the account.
    function pass(uint40[] calldata assets, address currency) external returns (uint256 amount) {
        return passEarnings(assets, currency) + passToken(currency);
    }

    /// @notice The first half of {pass}: what the ledger holds for the outlet goes from the ledger to the account. On its own it
    /// serves where the token refuses transfers from the outlet, but not from the ledger.
    /// @param assets Ids of assets that the outlet holds or held shares of.
    /// @param currency A currency. Nothing happens if it is not admitted.
    /// @return amount Base units that were sent to the account.
    function passEarnings(uint40[] calldata assets, address currency) public returns (uint256 amount) {
        if (!LEDGER.isAdmitted(currency)) return 0;
        if (assets.length != 0) LEDGER.claimToCredit(address(this), assets, currency);
        amount = LEDGER.creditOf(address(this), currency);
        if (amount != 0) LEDGER.withdraw(currency, amount, account());
    }

    /// @notice The second half of {pass}: what lies here goes to the account. The ledger is not called.
    /// @param token Any ERC-20 token.
    /// @return amount Base units that were sent to the account.
    function passToken(address token) public returns (uint256 amount) {
        amount = IERC20(token).balanceOf(address(this));
        if (amount != 0) IERC20(token).safeTransfer(account(), amount);
    }

    /// @notice Passes on the native money that lies here. Does nothing if there is none. Reverts, and leaves it, if the account
    /// does not take it.
    /// @return amount Wei that were sent to the account.
    function passNative() external returns (uint256 amount) {
        amount = address(this).balance;
        if (amount != 0) Address.sendValue(payable(account()), amount);
    }

    /// @notice Sends shares to the account. Only the account may call it. What they have earned until then is still passed on.
    /// @param assets Ids of assets that the outlet holds shares of.
    /// @param shares The number for each of them.
    function withdrawShares(uint256[] calldata assets, uint256[] calldata shares) external {
        if (msg.sender != account()) revert OnlyAccount(account());
        LEDGER.safeBatchTransferFrom(address(this), msg.sender, assets, shares, "");
    }

    /// @inheritdoc IERC1155Receiver
    function onERC1155Received(address, address, uint256, uint256, bytes calldata) external view returns (bytes4) {
        _requireLedger();
        return this.onERC1155Received.selector;
    }

    /// @inheritdoc IERC1155Receiver
    function onERC1155BatchReceived(
        address,
        address,
        uint256[] calldata,
        uint256[] calldata,
        bytes calldata
    ) external view returns (bytes4) {
        _requireLedger();
        return this.onERC1155BatchReceived.selector;
    }

    /// @inheritdoc IERC165
    function supportsInterface(bytes4 interfaceId) public view override(ERC165, IERC165) returns (bool) {
        return interfaceId == type(IERC1155Receiver).interfaceId || super.supportsInterface(interfaceId);
    }

    function _requireLedger() private view {
        if (msg.sender != address(LEDGER)) revert OnlyLedgerShares(msg.sender);
    }
}
