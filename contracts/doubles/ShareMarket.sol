// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {IFeeLedger} from "../interfaces/IFeeLedger.sol";

/// @title The least that a market for shares can be: it settles, takes the price and delivers, in one transaction
/// @dev A test double: nobody's price or consent is checked beyond their approvals.
contract ShareMarket {
    using SafeERC20 for IERC20;

    IFeeLedger private immutable LEDGER;

    constructor(IFeeLedger ledger) {
        LEDGER = ledger;
    }

    function buy(address seller, uint40 asset, uint256 shares, IERC20 currency, uint256 price) external {
        uint40[] memory releases = new uint40[](1);
        releases[0] = asset;
        LEDGER.settle(releases, address(currency));
        currency.safeTransferFrom(msg.sender, seller, price);
        LEDGER.safeTransferFrom(seller, msg.sender, asset, shares, "");
    }
}
