// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IpfsUri} from "../../contracts/libraries/IpfsUri.sol";
import {Test} from "../support/solidity/Test.sol";

/// @notice The known addresses were made without this library: `sha256sum` and `base32` of coreutils over the bytes
/// 01 55 12 20 and the digest.
contract IpfsUriTest is Test {
    function test_knownContent() public pure {
        _requireUri("", "ipfs://bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku");
        _requireUri("hello world", "ipfs://bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e");
        _requireUri("{}", "ipfs://bafkreicecnx2gvntm6fbcrvnc336qze6st5u7qq7457igegamd3bzkx7ri");
        _requireUri(hex"00", "ipfs://bafkreidogqfzz75tpkmjzjke425xqcrmpcib2p5tg44hnbirumdbpl5adu");
        _requireUri("Tributary\n", "ipfs://bafkreiaxdjfirs3gvfrdzodtj4hqppklweh7ttixiiii6pgppud5wrtdq4");
    }

    function test_extremeDigests() public pure {
        string memory lowest = "ipfs://bafkreiaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
        string memory highest = "ipfs://bafkreih777777777777777777777777777777777777777777777777774";
        assertEq(IpfsUri.fromDigest(bytes32(0)), lowest, "all bits zero");
        assertEq(IpfsUri.fromDigest(bytes32(type(uint256).max)), highest, "all bits one");
    }

    /// @notice Whoever decodes the address finds the digest.
    function test_saysTheDigest(bytes32 digest) public pure {
        bytes memory text = bytes(IpfsUri.fromDigest(digest));
        assertEq(text.length, 66, "length");
        // Base32 of 290 bits, the last two of them zero; what stands before the digest is shifted out.
        uint256 bits;
        for (uint256 i = 8; i < 65; ++i) bits = (bits << 5) | _value(text[i]);
        uint256 last = _value(text[65]);
        assertEq(bytes32((bits << 3) | (last >> 2)), digest, "another digest");
        assertEq(last & 3, 0, "bits after the end");
    }

    /// @dev a to z are 0 to 25, 2 to 7 are 26 to 31.
    function _value(bytes1 letter) private pure returns (uint256) {
        uint256 code = uint8(letter);
        assertTrue((code >= 97 && code <= 122) || (code >= 50 && code <= 55), "not a base32 letter");
        return code >= 97 ? code - 97 : code - 24;
    }

    function _requireUri(bytes memory content, string memory expected) private pure {
        assertEq(IpfsUri.fromDigest(sha256(content)), expected, "another address");
    }
}
