// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {Outlet} from "../../contracts/periphery/payments/Outlet.sol";
import {Senders} from "./Senders.sol";

/// @notice Acts on inlets and outlets that hold shares: a stranger has them collect and pass on, and an account takes its
/// shares out of its outlet.
abstract contract Recipients is Senders {
    /// @dev Brings the model to where a passive recipient has no credit and has earned nothing; returns what it had.
    function _modelEarnings(address account, uint40[] memory list) private returns (uint256 amount) {
        amount = _modelPayOut(touched, account, list) + _credit[touched][account];
        _credit[touched][account] = 0;
    }

    /// @notice An inlet pays what it earned, its credit and what lies there into its own release.
    function collectInlet(uint256 seed) external seeded(seed) {
        touched = _anyCurrency();
        uint40 release = 1 + uint40(_any(INLETS));
        address inlet = inlets.inletOf(release);
        uint40[] memory list = _anyAssets();
        uint256 owed = _modelEarnings(inlet, list);
        uint256 due = _wallet[touched][inlet] + arriving(touched, owed);
        uint256 received = arriving(touched, due);
        moneyOut[touched] += owed;
        _wallet[touched][inlet] = 0;
        _arrive(address(0), release, touched, 0, received);
        vm.prank(RELAYER);
        (bool done, bytes memory result) = address(inlets).call(
            abi.encodeCall(inlets.collect, (release, list, touched))
        );
        _expect(done && abi.decode(result, (uint256)) == received, "an inlet collected other than what was due");
        if (received != 0) ++times["inlet collected"];
    }

    /// @notice A plain transfer to an outlet, deployed or not.
    function sendToOutlet(uint256 seed) external seeded(seed) {
        address outlet = _anyOutlet();
        address payer = _anyActor();
        touched = _anyCurrency();
        uint256 amount = _anyAmount(touched);
        if (touched == address(ether_) && _oneIn(2)) {
            vm.deal(payer, payer.balance + amount);
            vm.prank(payer);
            (bool done, ) = outlet.call{value: amount}("");
            _expect(done, "an outlet refused native money");
            _nativeWallet[outlet] += amount;
            return;
        }
        mint(touched, payer, amount);
        vm.prank(payer);
        IERC20(touched).transfer(outlet, amount);
        _wallet[touched][payer] -= amount;
        _wallet[touched][outlet] += arriving(touched, amount);
    }

    /// @notice A stranger passes on what an outlet earned, its credit and what lies there.
    function passOutlet(uint256 seed) external seeded(seed) {
        touched = _anyCurrency();
        address outlet = _anyOutlet();
        address account = accountOf[outlet];
        uint40[] memory list = _anyAssets();
        uint256 owed = _modelEarnings(outlet, list);
        uint256 lying = _wallet[touched][outlet];
        _wallet[touched][outlet] = 0;
        _wallet[touched][account] += arriving(touched, lying);
        _sendOut(account, touched, owed);
        vm.prank(RELAYER);
        (bool done, bytes memory result) = address(outlets).call(
            abi.encodeCall(outlets.pass, (account, list, touched))
        );
        _expect(done && abi.decode(result, (uint256)) == owed + lying, "an outlet passed other than what was due");
        if (owed != 0) ++times["outlet passed"];
    }

    function passOutletNative(uint256 seed) external seeded(seed) {
        address outlet = _anyOutlet();
        address account = accountOf[outlet];
        uint256 amount = _nativeWallet[outlet];
        _nativeWallet[outlet] = 0;
        _nativeWallet[account] += amount;
        vm.prank(RELAYER);
        _expect(outlets.passNative(account) == amount, "an outlet passed other native money than there was");
        if (amount != 0) ++times["outlet passed native money"];
    }

    /// @notice An account takes shares out of its outlet, which somebody else may try, too.
    function withdrawFromOutlet(uint256 seed) external seeded(seed) {
        address account = accountOf[_anyOutlet()];
        Outlet outlet = outlets.open(account);
        uint256[] memory ids = new uint256[](1);
        uint256[] memory shares = new uint256[](1);
        uint40 asset = _anyAsset();
        ids[0] = asset;
        shares[0] = _any(_shares[asset][address(outlet)] + 1);
        vm.prank(RELAYER);
        (bool done, ) = address(outlet).call(abi.encodeCall(outlet.withdrawShares, (ids, shares)));
        _expect(!done, "a stranger took an outlet's shares");
        if (_oneIn(2)) return;
        _shares[asset][address(outlet)] -= shares[0];
        _give(asset, account, shares[0]);
        vm.prank(account);
        outlet.withdrawShares(ids, shares);
        if (shares[0] != 0) ++times["shares taken out of an outlet"];
    }
}
