// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Clones} from "@openzeppelin/contracts/proxy/Clones.sol";
import {IFeeLedger} from "../../interfaces/IFeeLedger.sol";
import {Inlets} from "./Inlets.sol";
import {Outlet} from "./Outlet.sol";

/// @title Outlets: for every account an address that may hold shares for it
/// @notice {outletOf} is known before anything is deployed there: shares can be allocated or sent to it at once. Anyone may
/// {pass} on what they earn. Accounts of people and contract wallets (Safe) need no outlet: they hold shares themselves.
///
/// An account that is a dead end has no outlet, because what reached it would be lost. The inlet of a release and the
/// outlet of an account are recognised once they are deployed, so open an outlet before shares go to it.
contract Outlets {
    IFeeLedger private immutable LEDGER;
    Inlets private immutable INLETS;
    /// @notice The code that outlets share.
    address public immutable implementation;

    /// @dev Contracts of the deployment that never send on what they are sent.
    mapping(address account => bool) private _deadEnds;

    /// @notice The outlet of an account was deployed.
    event OutletOpened(address indexed account, address indexed outlet);

    /// @notice Money that is sent to this address is lost: it is zero, a token, or a contract of this deployment.
    error DeadEnd(address account);
    /// @notice This is the inlet of a release: what is sent to it becomes a fee. Pay the release instead.
    error AccountIsInlet(address inlet, uint40 release);
    /// @notice This is an outlet itself: use that one.
    error AccountIsOutlet(address outlet, address account);

    /// @param entryPoints Further contracts around the ledger that never send on what they are sent.
    constructor(IFeeLedger ledger, Inlets inlets, address[] memory entryPoints) {
        LEDGER = ledger;
        INLETS = inlets;
        implementation = address(new Outlet(ledger));
        for (uint256 i = 0; i < entryPoints.length; ++i) _deadEnds[entryPoints[i]] = true;
        _deadEnds[address(0)] = true;
        _deadEnds[address(ledger)] = true;
        _deadEnds[ledger.registry()] = true;
        _deadEnds[ledger.wrappedNative()] = true;
        _deadEnds[address(inlets)] = true;
        _deadEnds[inlets.implementation()] = true;
        _deadEnds[address(this)] = true;
        _deadEnds[implementation] = true;
    }

    /// @notice The address that holds shares for an account. Reverts if the account is a dead end, an inlet or an outlet.
    /// @param account The account that everything is passed on to.
    function outletOf(address account) public view returns (address payable outlet) {
        outlet = _addressFor(account);
        // An open outlet stays one, whatever its account has become since.
        if (outlet.code.length == 0) _requireRecipient(account);
    }

    /// @notice Deploys the outlet of an account if it is not there yet.
    /// @param account The account that everything is passed on to.
    /// @return outlet The outlet, at {outletOf}.
    function open(address account) public returns (Outlet outlet) {
        outlet = Outlet(outletOf(account));
        if (address(outlet).code.length != 0) return outlet;
        Clones.cloneDeterministicWithImmutableArgs(implementation, abi.encode(account), bytes32(0));
        emit OutletOpened(account, address(outlet));
    }

    /// @notice Passes on, to the account, all that its outlet has earned and holds in one token: see {Outlet-pass}.
    /// @param account The account whose outlet it is.
    /// @param assets Ids of assets that the outlet holds or held shares of.
    /// @param currency A currency, or any other ERC-20 token: of that only what lies at the outlet.
    /// @return amount Base units that were sent to the account.
    function pass(address account, uint40[] calldata assets, address currency) external returns (uint256 amount) {
        return open(account).pass(assets, currency);
    }

    /// @notice Passes on the native money that lies at an account's outlet: see {Outlet-passNative}.
    /// @param account The account whose outlet it is.
    /// @return amount Wei that were sent to the account.
    function passNative(address account) external returns (uint256 amount) {
        return open(account).passNative();
    }

    function _addressFor(address account) private view returns (address payable) {
        return
            payable(
                Clones.predictDeterministicAddressWithImmutableArgs(implementation, abi.encode(account), bytes32(0))
            );
    }

    /// @dev Inlets and outlets are known by their code: nobody is called.
    function _requireRecipient(address account) private view {
        if (_deadEnds[account] || LEDGER.isAdmitted(account)) revert DeadEnd(account);
        // A clone with one word behind its code.
        if (account.code.length != 0x2d + 32) return;
        uint256 word = abi.decode(Clones.fetchCloneArgs(account), (uint256));
        uint40 release = uint40(word);
        if (account == INLETS.inletOf(release)) revert AccountIsInlet(account, release);
        address next = address(uint160(word));
        if (account == _addressFor(next)) revert AccountIsOutlet(account, next);
    }
}
