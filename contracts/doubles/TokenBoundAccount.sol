// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Clones} from "@openzeppelin/contracts/proxy/Clones.sol";
import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";
import {ERC721Holder} from "@openzeppelin/contracts/token/ERC721/utils/ERC721Holder.sol";
import {ERC1155Holder} from "@openzeppelin/contracts/token/ERC1155/utils/ERC1155Holder.sol";
import {Address} from "@openzeppelin/contracts/utils/Address.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";

/// @title An account that belongs to whoever owns an NFT (ERC-6551): it calls and signs for that owner
/// @dev To be cloned by {TokenBoundAccounts}, which puts salt, chain, NFT contract and NFT behind its code.
contract TokenBoundAccount is ERC721Holder, ERC1155Holder {
    error NotValidSigner(address caller);
    error OnlyCalls(uint8 operation);

    uint256 public state;

    receive() external payable {}

    function token() public view returns (uint256 chainId, address tokenContract, uint256 tokenId) {
        (, chainId, tokenContract, tokenId) = abi.decode(
            Clones.fetchCloneArgs(address(this)),
            (bytes32, uint256, address, uint256)
        );
    }

    function owner() public view returns (address) {
        (uint256 chainId, address tokenContract, uint256 tokenId) = token();
        return chainId == block.chainid ? IERC721(tokenContract).ownerOf(tokenId) : address(0);
    }

    function execute(
        address to,
        uint256 value,
        bytes calldata data,
        uint8 operation
    ) external payable returns (bytes memory) {
        if (msg.sender != owner()) revert NotValidSigner(msg.sender);
        if (operation != 0) revert OnlyCalls(operation);
        ++state;
        return Address.functionCallWithValue(to, data, value);
    }

    function isValidSigner(address signer, bytes calldata) external view returns (bytes4) {
        return signer == owner() ? this.isValidSigner.selector : bytes4(0);
    }

    function isValidSignature(bytes32 hash, bytes calldata signature) external view returns (bytes4) {
        bool valid = SignatureChecker.isValidSignatureNow(owner(), hash, signature);
        return valid ? this.isValidSignature.selector : bytes4(0);
    }
}

/// @title Makes token-bound accounts, as the one registry that every chain has (ERC-6551)
contract TokenBoundAccounts {
    address private immutable IMPLEMENTATION = address(new TokenBoundAccount());

    event ERC6551AccountCreated(address account, address indexed tokenContract, uint256 indexed tokenId);

    function createAccount(bytes32 salt, uint256 chainId, address tokenContract, uint256 tokenId) external {
        bytes memory args = abi.encode(salt, chainId, tokenContract, tokenId);
        emit ERC6551AccountCreated(
            Clones.cloneDeterministicWithImmutableArgs(IMPLEMENTATION, args, salt),
            tokenContract,
            tokenId
        );
    }

    function account(
        bytes32 salt,
        uint256 chainId,
        address tokenContract,
        uint256 tokenId
    ) external view returns (address) {
        bytes memory args = abi.encode(salt, chainId, tokenContract, tokenId);
        return Clones.predictDeterministicAddressWithImmutableArgs(IMPLEMENTATION, args, salt);
    }
}
