// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// @title A currency whose balances can be moved through a second address, too
contract TwoAddressCurrency is ERC20("Two addresses", "TWO") {
    SecondAddress public immutable second = new SecondAddress(this);

    error OnlySecondAddress();

    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }

    function move(address from, address to, uint256 amount) external {
        if (msg.sender != address(second)) revert OnlySecondAddress();
        _transfer(from, to, amount);
    }
}

contract SecondAddress {
    TwoAddressCurrency private immutable FIRST;

    constructor(TwoAddressCurrency first) {
        FIRST = first;
    }

    function balanceOf(address account) external view returns (uint256) {
        return FIRST.balanceOf(account);
    }

    function transfer(address to, uint256 amount) external returns (bool) {
        FIRST.move(msg.sender, to, amount);
        return true;
    }
}
