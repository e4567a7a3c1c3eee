// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Contribution} from "../../contracts/interfaces/IFeeLedger.sol";
import {Recipients} from "./Recipients.sol";

/// @notice People at work, with every entry point of the contracts, and the model follows. No function reverts; each
/// makes its random choices from one seed.
contract Handler is Recipients {
    /// @notice The acts of people, the most frequent ones twice.
    function doings() external pure returns (bytes4[] memory list) {
        list = new bytes4[](41);
        list[0] = this.register.selector;
        list[1] = this.publish.selector;
        list[2] = this.growDiamond.selector;
        list[3] = this.growChain.selector;
        list[4] = this.growFan.selector;
        list[5] = this.retireOrRestore.selector;
        list[6] = this.grantOrRevoke.selector;
        list[7] = this.cancelGrant.selector;
        list[8] = this.sellAsset.selector;
        list[9] = this.setMetadata.selector;
        list[10] = this.bindIdentity.selector;
        list[11] = this.pay.selector;
        list[12] = this.payNative.selector;
        list[13] = this.permitAndPay.selector;
        list[14] = this.paySigned.selector;
        list[15] = this.sendToInlet.selector;
        list[16] = this.syncInlet.selector;
        list[17] = this.payAndSettle.selector;
        list[18] = this.payFromCredit.selector;
        list[19] = this.deposit.selector;
        list[20] = this.withdraw.selector;
        list[21] = this.withdrawNative.selector;
        list[22] = this.settle.selector;
        list[23] = this.collect.selector;
        list[24] = this.claim.selector;
        list[25] = this.claimToCredit.selector;
        list[26] = this.sweepCommons.selector;
        list[27] = this.transferShares.selector;
        list[28] = this.transferSharesInBatch.selector;
        list[29] = this.multicall.selector;
        list[30] = this.reenter.selector;
        list[31] = this.pay.selector;
        list[32] = this.settle.selector;
        list[33] = this.syncInlet.selector;
        list[34] = this.publishByGrant.selector;
        list[35] = this.collectInlet.selector;
        list[36] = this.sendToOutlet.selector;
        list[37] = this.passOutlet.selector;
        list[38] = this.passOutletNative.selector;
        list[39] = this.withdrawFromOutlet.selector;
        list[40] = this.bindIdentity.selector;
    }

    // -------------------------------------------------------------------------------------------------------- starts

    /// @notice A few assets without contributions or demands.
    function start(uint256 count) public {
        for (uint256 i = 0; i < count; ++i) {
            Wish memory wish;
            wish.sender = _anyPerson();
            _tryToRegister(wish);
        }
        _lastRelease = releaseCount() + MAX_GROWTH;
    }

    /// @notice Diamonds on top of each other: the number of ways doubles with each.
    function startWithDiamonds(uint256 count) external {
        start(4);
        _lastRelease += 3 * count;
        for (uint256 i = 0; i < count; ++i) {
            uint40 top = releaseCount();
            _publishOn(_assets[0], _on(top, 700_001));
            _publishOn(_assets[1], _on(top, 333_333));
            _publishOn(_assets[i % 4], _onBoth(top + 1, 499_999));
        }
    }

    /// @notice A line of releases, each passing almost everything on.
    function startWithChain(uint256 length) external {
        start(4);
        _lastRelease += length;
        for (uint256 i = 0; i < length; ++i) {
            _publishOn(_assets[i % 4], _on(releaseCount(), i % 7 == 0 ? WHOLE : 999_983 - 1_009 * i));
        }
    }

    /// @notice Publishes as many releases as one may name, and two that name them all.
    function startWithFan() external {
        start(4);
        _lastRelease += 66;
        for (uint256 i = 4; i < 64; ++i) _publishOn(_assets[i % 4], new Contribution[](0));
        Contribution[] memory all = new Contribution[](64);
        for (uint40 i = 0; i < 64; ++i) all[i] = Contribution(i + 1, 15_625);
        _publishOn(_assets[0], all);
        for (uint24 i = 0; i < 64; ++i) all[i].weight = 1 + i;
        _publishOn(_assets[1], all);
    }
}
