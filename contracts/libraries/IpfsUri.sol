// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

/// @title The ipfs:// address of bytes whose SHA-256 is known
library IpfsUri {
    bytes32 private constant ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";

    /// @notice `ipfs://` and the CID (version 1, raw codec, sha2-256, base32) of the one block with that digest.
    /// @dev A CID is 36 bytes: version 1, codec 0x55, hash 0x12, length 0x20, digest. Base32 of 36 bytes is 58
    /// characters; "b" names the base. Source: the CID and multiformats specifications.
    function fromDigest(bytes32 digest) internal pure returns (string memory) {
        bytes memory cid = abi.encodePacked(hex"01551220", digest);
        bytes memory text = new bytes(58);
        uint256 buffer;
        uint256 bits;
        uint256 written;
        for (uint256 i = 0; i < cid.length; ++i) {
            buffer = (buffer << 8) | uint8(cid[i]);
            for (bits += 8; bits >= 5; ++written) {
                bits -= 5;
                text[written] = ALPHABET[(buffer >> bits) & 31];
            }
        }
        // 288 bits leave 3 after 57 characters; base32 fills the last character with zero bits.
        text[written] = ALPHABET[(buffer << (5 - bits)) & 31];
        return string.concat("ipfs://b", string(text));
    }
}
