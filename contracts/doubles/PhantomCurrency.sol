// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {TestCurrency} from "./TestCurrency.sol";

/// @title A token that takes any call that it does not know, and does nothing, as the oldest wrapped native tokens do
contract PhantomCurrency is TestCurrency("Phantom", "PHA", 6) {
    fallback() external {}
}
