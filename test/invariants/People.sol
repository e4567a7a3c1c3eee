// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {TestCurrency} from "../../contracts/doubles/TestCurrency.sol";
import {LedgerModel} from "../support/solidity/LedgerModel.sol";
import {Vm} from "../support/solidity/Test.sol";
import {Tributary} from "../support/solidity/Tributary.sol";

/// @notice The accounts that act in the invariant tests, their money, and the source of chance. All choices come from one
/// seed. An outcome that differs from the model's is written down in {violation}.
abstract contract People is LedgerModel, Tributary {
    Vm internal constant vm = Vm(0x7109709ECfa91a80626fF3989D68f67F5b1DD12D);
    uint256 private constant PERSONS = 6;

    address[] private _currencies;
    address[] internal _actors;
    /// @dev Hold shares and never call: the inlets of the first releases, then the outlets of the first persons.
    address[] internal _passive;
    uint256 internal constant INLETS = 2;
    uint256 internal constant OUTLETS = 2;
    /// @notice The account that an outlet leads to; zero if it is none.
    mapping(address outlet => address) public accountOf;
    mapping(address person => uint256) internal _keyOf;
    uint256 public entropy;
    /// @dev The currency of the last doing.
    address public touched;
    string public violation;
    /// @dev Number of times that something rare happened, by its name.
    mapping(string what => uint256) public times;

    constructor() LedgerModel(COMMONS) {
        _currencies = [address(dollar), address(coin), address(ether_), address(cut), address(hostile)];
        for (uint256 key = 1; key <= PERSONS; ++key) {
            address person = vm.addr(key);
            _keyOf[person] = key;
            _addActor(person);
        }
        touched = address(dollar);
        // These earn nothing by shares, but their credit is spent and withdrawn as anyone's.
        _addActor(COMMONS_BENEFICIARY);
        _addActor(address(hostile));
        for (uint40 release = 1; release <= INLETS; ++release) _passive.push(inlets.inletOf(release));
        for (uint256 i = 0; i < OUTLETS; ++i) {
            address outlet = outlets.outletOf(_actors[i]);
            _passive.push(outlet);
            accountOf[outlet] = _actors[i];
        }
    }

    function _addActor(address actor) private {
        _actors.push(actor);
        for (uint256 i = 0; i < _currencies.length; ++i) {
            vm.prank(actor);
            IERC20(_currencies[i]).approve(address(ledger), type(uint256).max);
        }
    }

    /// @notice Every account that can have money or shares, those that never call last.
    function actors() external view returns (address[] memory all) {
        all = new address[](_actors.length + _passive.length);
        for (uint256 i = 0; i < all.length; ++i) {
            all[i] = i < _actors.length ? _actors[i] : _passive[i - _actors.length];
        }
    }

    function passive() external view returns (address[] memory) {
        return _passive;
    }

    function currencies() external view returns (address[] memory) {
        return _currencies;
    }

    // ------------------------------------------------------------------------------------------------------- choices

    modifier seeded(uint256 seed) {
        entropy = uint256(keccak256(abi.encode(entropy, seed)));
        _;
    }

    /// @dev Each 0 to below `count`.
    function _any(uint256 count) internal returns (uint256) {
        entropy = uint256(keccak256(abi.encode(entropy)));
        return entropy % count;
    }

    function _oneIn(uint256 count) internal returns (bool) {
        return _any(count) == 0;
    }

    function _anyActor() internal returns (address) {
        return _actors[_any(_actors.length)];
    }

    /// @dev One who may hold shares, and can sign.
    function _anyPerson() internal returns (address) {
        return _actors[_any(PERSONS)];
    }

    function _anyOutlet() internal returns (address) {
        return _passive[INLETS + _any(OUTLETS)];
    }

    /// @dev One who may be allocated shares: now and then an inlet or an outlet, deployed or not.
    function _anyContributor() internal returns (address) {
        return _oneIn(5) ? _passive[_any(_passive.length)] : _anyPerson();
    }

    function _anyCurrency() internal returns (address) {
        return _currencies[_any(_currencies.length)];
    }

    function _anyAsset() internal returns (uint40) {
        return _assets[_any(_assets.length)];
    }

    function _anyRelease() internal returns (uint40) {
        // Half of the time a late one, which has more to pass on to.
        uint256 count = releaseCount();
        if (_oneIn(2)) return uint40(count - _any(count < 4 ? count : 4));
        return uint40(1 + _any(count));
    }

    /// @dev From single units, where rounding is all there is, to large sums.
    function _anyAmount(address currency) internal returns (uint256) {
        uint256 size = _any(4);
        if (size == 0) return 1 + _any(9);
        if (size == 1) return 1 + _any(3_000);
        if (size == 2) return 1 + _any(1e8);
        return 1 + _any(currency == address(ether_) ? 1e22 : 1e13);
    }

    /// @dev Known ids, unknown ids, twice the same.
    function _anyIds(uint256 most) internal returns (uint40[] memory list) {
        list = new uint40[](_any(most + 1));
        for (uint256 i = 0; i < list.length; ++i) {
            if (_oneIn(12)) list[i] = type(uint40).max - uint40(_any(3));
            else list[i] = uint40(_any(_nodes.length + 1));
        }
    }

    function _anyAssets() internal returns (uint40[] memory) {
        return _oneIn(2) ? _assets : _anyIds(6);
    }

    function _expect(bool met, string memory otherwise) internal {
        if (!met && bytes(violation).length == 0) violation = otherwise;
    }

    // --------------------------------------------------------------------------------------------------------- money

    /// @notice The amount that arrives when an amount is moved.
    function arriving(address currency, uint256 amount) public view returns (uint256) {
        return currency == address(cut) ? amount - amount / 10 : amount;
    }

    function mint(address currency, address to, uint256 amount) public {
        _wallet[currency][to] += amount;
        if (currency != address(ether_)) return TestCurrency(currency).mint(to, amount);
        vm.deal(address(this), amount);
        ether_.deposit{value: amount}();
        ether_.transfer(to, amount);
    }

    /// @dev Gives the payer an amount that goes to the ledger next; returns what arrives there.
    function _payIn(address payer, address currency, uint256 amount) internal returns (uint256 received) {
        mint(currency, payer, amount);
        _wallet[currency][payer] -= amount;
        received = arriving(currency, amount);
        moneyIn[currency] += received;
    }

    function _sendOut(address to, address currency, uint256 amount) internal {
        moneyOut[currency] += amount;
        _wallet[currency][to] += arriving(currency, amount);
    }
}
