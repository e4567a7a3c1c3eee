// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {ERC1155Holder} from "@openzeppelin/contracts/token/ERC1155/utils/ERC1155Holder.sol";

/// @title A passive contract: it takes shares and tokens, refuses native money, and never calls anybody
contract TestEscrow is ERC1155Holder {}
