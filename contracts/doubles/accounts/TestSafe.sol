// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {ERC1155Holder} from "@openzeppelin/contracts/token/ERC1155/utils/ERC1155Holder.sol";

/// @title A Safe as far as tools look at it: it refuses signatures with a reason, as Safe's own handler does
contract TestSafe is ERC1155Holder {
    address[] private _owners;
    uint256 public getThreshold;

    constructor(address[] memory owners, uint256 threshold) {
        (_owners, getThreshold) = (owners, threshold);
    }

    receive() external payable {}

    function getOwners() external view returns (address[] memory) {
        return _owners;
    }

    function isValidSignature(bytes32, bytes calldata) external pure returns (bytes4) {
        // solhint-disable-next-line gas-custom-errors, reason-string
        revert("Hash not approved");
    }
}
