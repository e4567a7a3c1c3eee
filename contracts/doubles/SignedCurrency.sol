// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {LocalCurrency} from "./LocalCurrency.sol";

/// @title A currency whose holders can approve (ERC-2612) and pay (ERC-3009) by signature, as the large ones' can
contract SignedCurrency is LocalCurrency("Signed dollar", "sUSD", 6) {}
