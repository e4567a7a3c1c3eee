// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Address} from "@openzeppelin/contracts/utils/Address.sol";
import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {IWrappedNative} from "../interfaces/IWrappedNative.sol";

/// @title A wrapped native token for local chains and tests, that behaves as those on public chains
contract TestWrappedNative is ERC20, IWrappedNative {
    constructor() ERC20("Wrapped test ether", "tWETH") {}

    receive() external payable {
        _mint(msg.sender, msg.value);
    }

    function deposit() external payable {
        _mint(msg.sender, msg.value);
    }

    function withdraw(uint256 amount) external {
        _burn(msg.sender, amount);
        Address.sendValue(payable(msg.sender), amount);
    }
}
