// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {TestCurrency} from "../TestCurrency.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {Nonces} from "@openzeppelin/contracts/utils/Nonces.sol";

/// @title A currency whose holders delegate votes by signature: it has nonces and a domain, and no permit
contract VotesCurrency is TestCurrency("Votes", "VOT", 18), EIP712("Votes", "1"), Nonces {
    // solhint-disable-next-line func-name-mixedcase
    function DOMAIN_SEPARATOR() external view returns (bytes32) {
        return _domainSeparatorV4();
    }
}
