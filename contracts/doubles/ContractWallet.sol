// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";
import {ERC721Holder} from "@openzeppelin/contracts/token/ERC721/utils/ERC721Holder.sol";
import {ERC1155Holder} from "@openzeppelin/contracts/token/ERC1155/utils/ERC1155Holder.sol";
import {Address} from "@openzeppelin/contracts/utils/Address.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";

/// @title An organization's wallet with one keyholder: it calls and signs (ERC-1271) what the keyholder tells it to
contract ContractWallet is ERC721Holder, ERC1155Holder, IERC1271 {
    address private immutable KEYHOLDER;

    error NotKeyholder(address caller);

    constructor(address keyholder) {
        KEYHOLDER = keyholder;
    }

    receive() external payable {}

    function execute(address target, uint256 value, bytes calldata data) external returns (bytes memory) {
        if (msg.sender != KEYHOLDER) revert NotKeyholder(msg.sender);
        return Address.functionCallWithValue(target, data, value);
    }

    function isValidSignature(bytes32 hash, bytes calldata signature) external view returns (bytes4) {
        (address signer, , ) = ECDSA.tryRecover(hash, signature);
        return signer == KEYHOLDER ? IERC1271.isValidSignature.selector : bytes4(0xffffffff);
    }
}
