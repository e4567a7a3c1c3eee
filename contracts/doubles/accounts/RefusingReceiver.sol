// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {ERC1155Holder} from "@openzeppelin/contracts/token/ERC1155/utils/ERC1155Holder.sol";

/// @title A contract that refuses shares
contract RefusingReceiver is ERC1155Holder {
    error NotWelcome(uint256 id);

    function onERC1155Received(
        address,
        address,
        uint256 id,
        uint256,
        bytes memory
    ) public pure override returns (bytes4) {
        revert NotWelcome(id);
    }
}
