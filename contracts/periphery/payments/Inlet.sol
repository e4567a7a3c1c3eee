// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Address} from "@openzeppelin/contracts/utils/Address.sol";
import {Clones} from "@openzeppelin/contracts/proxy/Clones.sol";
import {IFeeLedger} from "../../interfaces/IFeeLedger.sol";
import {IWrappedNative} from "../../interfaces/IWrappedNative.sol";

/// @title Inlet: an address that pays one release
/// @notice Whatever is sent here by a plain transfer becomes a fee of that release when anyone calls {sync}. The inlet is
/// the fee's payer, and there is no reference. Who sent the money can be read from the currency's own transfers.
/// @dev A clone made by {Inlets}, which puts the release's id behind its code. It holds only what waits to be synced.
contract Inlet {
    using SafeERC20 for IERC20;

    IFeeLedger private immutable LEDGER;

    /// @notice An admitted currency cannot be recovered: call {sync}, which anyone may.
    error SyncInstead(address currency);

    /// @dev An admitted currency may be reached by another address too, or be the chain's native money: whatever was sent
    /// away, no balance in an admitted currency may have fallen.
    modifier keepingCurrencies() {
        address[] memory currencies = LEDGER.currencies();
        uint256[] memory balances = new uint256[](currencies.length);
        for (uint256 i = 0; i < currencies.length; ++i) {
            balances[i] = IERC20(currencies[i]).balanceOf(address(this));
        }
        _;
        for (uint256 i = 0; i < currencies.length; ++i) {
            if (IERC20(currencies[i]).balanceOf(address(this)) < balances[i]) revert SyncInstead(currencies[i]);
        }
    }

    constructor(IFeeLedger ledger) {
        LEDGER = ledger;
    }

    receive() external payable {}

    /// @notice The release that this inlet pays.
    function release() public view returns (uint40) {
        return abi.decode(Clones.fetchCloneArgs(address(this)), (uint40));
    }

    /// @notice Pays all that lies here in a currency into the release. Reverts, and leaves it here, while the release does
    /// not exist, the currency is not admitted, or nothing lies here.
    /// @param currency An admitted currency.
    /// @return received Base units that became a fee.
    function sync(address currency) public returns (uint256 received) {
        uint256 amount = IERC20(currency).balanceOf(address(this));
        IERC20(currency).forceApprove(address(LEDGER), amount);
        return LEDGER.pay(release(), currency, amount, 0);
    }

    /// @notice Wraps the native money that lies here, and pays it into the release with what lies here wrapped.
    /// @return received Base units that became a fee.
    function syncNative() external returns (uint256 received) {
        address wrapped = LEDGER.wrappedNative();
        IWrappedNative(wrapped).deposit{value: address(this).balance}();
        return sync(wrapped);
    }

    /// @notice Pays into the release what shares held here have earned, all credit of the inlet, and all that lies here, in one
    /// currency. Does nothing if there is none of it. Reverts, and leaves everything where it is, while the release does not
    /// exist. Anyone may call it. The shares never move.
    /// @param assets Ids of assets that the inlet holds or held shares of.
    /// @param currency An admitted currency. Native money is wrapped by {syncNative}, not here.
    /// @return received Base units that became a fee.
    function collect(uint40[] calldata assets, address currency) external returns (uint256 received) {
        // Through credit and not straight to this address, so that the token moves once.
        if (assets.length != 0) LEDGER.claimToCredit(address(this), assets, currency);
        uint256 credit = LEDGER.creditOf(address(this), currency);
        if (credit != 0) LEDGER.withdraw(currency, credit, address(this));
        if (IERC20(currency).balanceOf(address(this)) == 0) return 0;
        return sync(currency);
    }

    /// @notice Sends a token that is not admitted, and so can never become a fee, to the owner of the release's asset.
    /// @param token The token.
    function recover(address token) external keepingCurrencies {
        if (LEDGER.isAdmitted(token)) revert SyncInstead(token);
        IERC20(token).safeTransfer(_assetOwner(), IERC20(token).balanceOf(address(this)));
    }

    /// @notice Like {recover}, for native money on a chain whose wrapped token is not admitted.
    function recoverNative() external keepingCurrencies {
        if (LEDGER.isAdmitted(LEDGER.wrappedNative())) revert SyncInstead(LEDGER.wrappedNative());
        Address.sendValue(payable(_assetOwner()), address(this).balance);
    }

    function _assetOwner() private view returns (address) {
        return IERC721(LEDGER.registry()).ownerOf(LEDGER.releaseInfo(release()).asset);
    }
}
