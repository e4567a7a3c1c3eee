// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";
import {ERC721Holder} from "@openzeppelin/contracts/token/ERC721/utils/ERC721Holder.sol";
import {ERC1155Holder} from "@openzeppelin/contracts/token/ERC1155/utils/ERC1155Holder.sol";
import {Address} from "@openzeppelin/contracts/utils/Address.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";

/// @title A wallet of two keyholders who both sign, in 130 bytes, as a Safe's owners do; either may execute a batch
contract ThresholdWallet is ERC721Holder, ERC1155Holder, IERC1271 {
    address private immutable FIRST;
    address private immutable SECOND;

    struct Call {
        address to;
        uint256 value;
        bytes data;
    }

    error NotKeyholder(address caller);
    error NotSignedByBoth();

    constructor(address first, address second) {
        FIRST = first;
        SECOND = second;
    }

    receive() external payable {}

    function execute(Call[] calldata calls) external {
        if (msg.sender != FIRST && msg.sender != SECOND) revert NotKeyholder(msg.sender);
        for (uint256 i = 0; i < calls.length; ++i) {
            Address.functionCallWithValue(calls[i].to, calls[i].data, calls[i].value);
        }
    }

    function isValidSignature(bytes32 hash, bytes calldata signature) external view returns (bytes4) {
        if (signature.length != 130) revert NotSignedByBoth();
        (address first, , ) = ECDSA.tryRecover(hash, signature[:65]);
        (address second, , ) = ECDSA.tryRecover(hash, signature[65:]);
        if (first != FIRST || second != SECOND) revert NotSignedByBoth();
        return IERC1271.isValidSignature.selector;
    }
}
