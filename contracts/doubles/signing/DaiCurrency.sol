// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {TestCurrency} from "../TestCurrency.sol";

/// @title A currency with a permit of its own kind, for everything or nothing, as DAI has: not ERC-2612
contract DaiCurrency is TestCurrency("Dai double", "DAI", 18) {
    bytes32 public constant PERMIT_TYPEHASH = keccak256(
        "Permit(address holder,address spender,uint256 nonce,uint256 expiry,bool allowed)"
    );
    // solhint-disable-next-line var-name-mixedcase
    bytes32 public immutable DOMAIN_SEPARATOR = keccak256(
        abi.encode(
            keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
            keccak256("Dai double"),
            keccak256("1"),
            block.chainid,
            address(this)
        )
    );
    // solhint-disable-next-line const-name-snakecase
    string public constant version = "1";
    mapping(address holder => uint256) public nonces;

    error InvalidPermit();

    function permit(
        address holder,
        address spender,
        uint256 nonce,
        uint256 expiry,
        bool allowed,
        uint8 v,
        bytes32 r,
        bytes32 s
    ) external {
        bytes32 terms = keccak256(abi.encode(PERMIT_TYPEHASH, holder, spender, nonce, expiry, allowed));
        address signer = ecrecover(keccak256(abi.encodePacked("\x19\x01", DOMAIN_SEPARATOR, terms)), v, r, s);
        if (signer != holder || nonce != nonces[holder]++) revert InvalidPermit();
        _approve(holder, spender, allowed ? type(uint256).max : 0);
    }
}
