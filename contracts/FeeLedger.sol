// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {ERC1155} from "@openzeppelin/contracts/token/ERC1155/ERC1155.sol";
import {IERC165} from "@openzeppelin/contracts/utils/introspection/IERC165.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC20Metadata} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Metadata.sol";
import {IERC721Metadata} from "@openzeppelin/contracts/token/ERC721/extensions/IERC721Metadata.sol";
import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Address} from "@openzeppelin/contracts/utils/Address.sol";
import {Multicall} from "@openzeppelin/contracts/utils/Multicall.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {Allocation, Contribution, IFeeLedger, Kind, Release} from "./interfaces/IFeeLedger.sol";
import {IWrappedNative} from "./interfaces/IWrappedNative.sol";
import {Edge, putEdge, slotsFor} from "./libraries/Edge.sol";
import {ReleaseWord, toReleaseWord} from "./libraries/ReleaseWord.sol";
import {Split} from "./libraries/Split.sol";
import {Tally} from "./libraries/Tally.sol";

/// @title FeeLedger
/// @notice The graph and the money.
///
/// A release is a node; its contributions are edges to earlier releases, so the graph has no cycles and ids are a
/// topological order. For a release and a currency the ledger keeps two totals that only grow: all that was ever
/// *received*, and how much of that has been *settled*, that is, passed on. Settling gives each contribution of weight
/// w the amount ⌊received·w⌋ − ⌊settled·w⌋, and the release's own asset the same with its own weight. For an asset it
/// keeps the *income* that its releases ever kept. Each shareholder has a *holding*: the *mark*, which is the income up to
/// which its earnings are counted, and what it *accrued* by then, never divided, so that nobody loses a fraction by being
/// checkpointed often.
///
/// Every amount is thus the difference of two parts of cumulative totals, each rounded down. Parts that are rounded down
/// never add up to more than the total, so the ledger is always solvent; totals never fall, so no entitlement ever does.
///
/// Every function keeps one order: load, checks, effects, event, interaction. Taking tokens in is the exception, since
/// the amount is known only afterwards: those functions, and those that send tokens, are guarded against re-entry. The
/// others call nobody.
contract FeeLedger is ERC1155, Multicall, ReentrancyGuardTransient, IFeeLedger {
    using SafeERC20 for IERC20;

    uint256 private constant TOTAL_SHARES = 100_000_000;
    /// @dev Most contributions of a release, and most contributors in an initial allocation.
    uint256 private constant MAX_LIST = 64;
    uint256 private constant MAX_CURRENCIES = 8;
    uint256 private constant MAX_SUPPLY = type(uint96).max;

    /// @dev mark <= the asset's income < 2^112; accrued is in 1e-8 base units, below 1e8 · 2^112 < 2^139.
    struct Holding {
        uint112 mark;
        uint144 accrued;
    }

    /// @dev Result of checking a list of edges. slots: the edges as they are stored, the first slot being the upper half of
    /// the release word; ownWeight: the weight that they leave; floor: the floor that they hand down, at most WHOLE,
    /// because no weight is below the floor that it meets; closed: a bit for each that is by grant.
    struct Draft {
        uint256[] slots;
        uint256 ownWeight;
        uint256 floor;
        uint256 closed;
    }

    /// @inheritdoc IFeeLedger
    address public immutable registry;
    /// @inheritdoc IFeeLedger
    address public immutable admin;
    /// @inheritdoc IFeeLedger
    address public immutable commonsBeneficiary;
    /// @inheritdoc IFeeLedger
    uint24 public immutable commonsPpm;
    /// @inheritdoc IFeeLedger
    address public immutable wrappedNative;

    /// @inheritdoc IFeeLedger
    uint40 public releaseCount;
    address[] private _currencies;
    /// @inheritdoc IFeeLedger
    mapping(address currency => bool) public isAdmitted;

    mapping(uint40 release => ReleaseWord) private _releases;
    /// @dev Edges after those in the release word. Key: release << 8 | slot, counted from 1.
    mapping(uint256 releaseAndSlot => uint256) private _furtherEdges;
    /// @dev Received and settled. Key, here and for income and holdings: currency << 40 | id, see {_key}.
    mapping(uint256 currencyAndRelease => Tally) private _flows;
    /// @dev Income, and how much of it the commons got.
    mapping(uint256 currencyAndAsset => Tally) private _incomes;
    mapping(uint256 currencyAndAsset => mapping(address account => Holding)) private _holdings;
    /// @inheritdoc IFeeLedger
    mapping(address account => mapping(address currency => uint256)) public creditOf;

    modifier onlyRegistry() {
        if (msg.sender != registry) revert OnlyRegistry();
        _;
    }

    /// @dev Called by the registry's constructor, which documents the parameters.
    constructor(
        address admin_,
        uint24 commonsPpm_,
        address commonsBeneficiary_,
        address wrappedNative_,
        address[] memory currencies_
    ) ERC1155("") {
        if (commonsPpm_ == 0) revert ZeroAmount();
        if (commonsPpm_ > Split.WHOLE) revert AboveWhole(commonsPpm_);
        if (commonsBeneficiary_ == address(0)) revert InvalidRecipient(commonsBeneficiary_);
        registry = msg.sender;
        admin = admin_;
        commonsPpm = commonsPpm_;
        commonsBeneficiary = commonsBeneficiary_;
        wrappedNative = wrappedNative_;
        emit LedgerCreated(msg.sender, admin_, wrappedNative_, commonsBeneficiary_, commonsPpm_);
        for (uint256 i = 0; i < currencies_.length; ++i) _admit(currencies_[i]);
    }

    // ------------------------------------------------------------------------------------------------------- paying

    /// @inheritdoc IFeeLedger
    function pay(uint40 release, address currency, uint256 amount, bytes32 ref) external returns (uint256) {
        return _pay(msg.sender, release, currency, amount, ref);
    }

    /// @inheritdoc IFeeLedger
    function payFor(
        address payer,
        uint40 release,
        address currency,
        uint256 amount,
        bytes32 ref
    ) external returns (uint256) {
        return _pay(payer, release, currency, amount, ref);
    }

    /// @inheritdoc IFeeLedger
    function payAndSettle(
        uint40 release,
        address currency,
        uint256 amount,
        bytes32 ref,
        uint40[] calldata releases
    ) external returns (uint256 received) {
        received = _pay(msg.sender, release, currency, amount, ref);
        settle(releases, currency);
    }

    function _pay(
        address payer,
        uint40 release,
        address currency,
        uint256 amount,
        bytes32 ref
    ) private nonReentrant returns (uint256 received) {
        _requirePayable(release, currency);
        received = _takeIn(currency, amount);
        _flows[_key(release, currency)].add(received);
        emit FeePaid(release, currency, payer, received, ref, msg.sender);
    }

    /// @inheritdoc IFeeLedger
    function payNative(uint40 release, bytes32 ref) external payable nonReentrant {
        if (msg.value == 0) revert ZeroAmount();
        _requirePayable(release, wrappedNative);
        _flows[_key(release, wrappedNative)].add(msg.value);
        emit FeePaid(release, wrappedNative, msg.sender, msg.value, ref, msg.sender);
        IWrappedNative(wrappedNative).deposit{value: msg.value}();
    }

    /// @inheritdoc IFeeLedger
    function payFromCredit(uint40 release, address currency, uint256 amount, bytes32 ref) external {
        _requirePayable(release, currency);
        _spendCredit(currency, amount);
        _flows[_key(release, currency)].add(amount);
        emit FeePaid(release, currency, msg.sender, amount, ref, address(this));
    }

    /// @inheritdoc IFeeLedger
    function permit(address currency, uint256 amount, uint256 deadline, uint8 v, bytes32 r, bytes32 s) external {
        _requireAdmitted(currency);
        // Whoever saw the signature may have used it already: what counts is the allowance, which paying will show.
        try IERC20Permit(currency).permit(msg.sender, address(this), amount, deadline, v, r, s) {} catch {}
    }

    /// @dev A release that has received this currency before exists, and the currency is admitted.
    function _requirePayable(uint40 release, address currency) private view {
        (uint256 received, ) = _flows[_key(release, currency)].read();
        if (received != 0) return;
        if (_releases[release].asset() == 0) revert UnknownRelease(release);
        _requireAdmitted(currency);
    }

    // ------------------------------------------------------------------------------------------------------ settling

    /// @inheritdoc IFeeLedger
    /// @dev No need to check the currency or that a release exists: what has received nothing has nothing unsettled.
    function settle(uint40[] calldata releases, address currency) public {
        // The event's data: where the list begins, its length, the list.
        uint256[] memory data = new uint256[](releases.length + 2);
        uint256 base = _key(0, currency);
        uint256 count;
        for (uint256 i = 0; i < releases.length; ++i) {
            uint256 release = releases[i];
            if (!_settleOne(base, release)) continue;
            assembly ("memory-safe") {
                count := add(count, 1)
                mstore(add(add(data, 64), mul(count, 32)), release)
            }
        }
        if (count == 0) return;
        data[0] = 32;
        data[1] = count;
        bytes32 topic = Settled.selector;
        assembly ("memory-safe") {
            log2(add(data, 32), mul(add(count, 2), 32), topic, currency)
        }
    }

    function _settleOne(uint256 base, uint256 release) private returns (bool moved) {
        Tally storage flow = _flows[base | release];
        (uint256 received, uint256 settled) = flow.read();
        if (received == settled) return false;

        flow.setDone(received, received);
        ReleaseWord word = _releases[uint40(release)];

        uint256 kept = Split.portionBetween(settled, received, word.ownWeight());
        if (kept != 0) _incomes[base | word.asset()].add(kept);

        _passOn(base, word.inlineEdges(), settled, received);
        uint256 slots = slotsFor(word.edgeCount());
        for (uint256 i = 1; i < slots; ++i) {
            _passOn(base, _furtherEdges[(release << 8) | i], settled, received);
        }
        return true;
    }

    /// @dev Passes on along the edges of one slot. No edge is zero, so none is left when the rest of the slot is.
    function _passOn(uint256 base, uint256 edges, uint256 settled, uint256 received) private {
        for (; edges != 0; edges >>= 64) {
            Edge edge = Edge.wrap(uint64(edges));
            uint256 passed = Split.portionBetween(settled, received, edge.weight());
            if (passed != 0) _flows[base | edge.release()].add(passed);
        }
    }

    // ------------------------------------------------------------------------------------------------------ claiming

    /// @inheritdoc IFeeLedger
    function claim(
        uint40[] calldata assets,
        address currency,
        address to
    ) public nonReentrant returns (uint256 amount) {
        _requireOutside(to);
        amount = _payOut(msg.sender, assets, currency);
        emit Claimed(msg.sender, currency, to, amount, assets);
        if (amount != 0) IERC20(currency).safeTransfer(to, amount);
    }

    /// @inheritdoc IFeeLedger
    function collect(
        uint40[] calldata releases,
        uint40[] calldata assets,
        address currency,
        address to
    ) external returns (uint256) {
        settle(releases, currency);
        return claim(assets, currency, to);
    }

    /// @inheritdoc IFeeLedger
    function claimToCredit(address account, uint40[] calldata assets, address currency) external returns (uint256) {
        uint256 amount = _payOut(account, assets, currency);
        creditOf[account][currency] += amount;
        emit ClaimedToCredit(account, currency, amount, assets);
        return amount;
    }

    /// @inheritdoc IFeeLedger
    function sweepCommons(uint40[] calldata assets, address currency) external returns (uint256 amount) {
        for (uint256 i = 0; i < assets.length; ++i) {
            uint256 key = _key(assets[i], currency);
            (uint256 income, uint256 swept) = _incomes[key].read();
            uint256 entitled = Split.portionDown(income, commonsPpm);
            amount += entitled - swept;
            _incomes[key].setDone(income, entitled);
        }
        creditOf[commonsBeneficiary][currency] += amount;
        emit CommonsSwept(currency, amount, assets);
    }

    /// @dev Takes the whole units out of the account's holdings. The fraction stays in them for the next time.
    function _payOut(address account, uint40[] calldata assets, address currency) private returns (uint256 amount) {
        for (uint256 i = 0; i < assets.length; ++i) {
            uint256 key = _key(assets[i], currency);
            (uint256 income, ) = _incomes[key].read();
            Holding storage holding = _holdings[key][account];
            uint256 accrued = _accrued(holding, income, balanceOf(account, assets[i]));
            amount += accrued / TOTAL_SHARES;
            holding.mark = uint112(income); // income < 2^112
            holding.accrued = uint144(accrued % TOTAL_SHARES);
        }
    }

    /// @dev Adds to a holding what the account earned up to now with the shares it holds now. Called before they change.
    function _checkpoint(address account, uint40 asset, address currency, uint256 income) private {
        Holding storage holding = _holdings[_key(asset, currency)][account];
        if (holding.mark == income) return;
        holding.accrued = uint144(_accrued(holding, income, balanceOf(account, asset))); // < 2^139, see Holding
        holding.mark = uint112(income); // income < 2^112
    }

    function _accrued(Holding storage holding, uint256 income, uint256 shares) private view returns (uint256) {
        return holding.accrued + shares * Split.portionBetween(holding.mark, income, Split.WHOLE - commonsPpm);
    }

    // -------------------------------------------------------------------------------------------------------- credit

    /// @inheritdoc IFeeLedger
    function deposit(
        address currency,
        uint256 amount,
        address account
    ) external nonReentrant returns (uint256 received) {
        _requireAdmitted(currency);
        _requireOutside(account);
        received = _takeIn(currency, amount);
        creditOf[account][currency] += received;
        emit Deposited(account, currency, msg.sender, received);
    }

    /// @inheritdoc IFeeLedger
    function withdraw(address currency, uint256 amount, address to) external nonReentrant {
        _withdraw(currency, amount, to);
        IERC20(currency).safeTransfer(to, amount);
    }

    /// @inheritdoc IFeeLedger
    function withdrawNative(uint256 amount, address payable to) external nonReentrant {
        _withdraw(wrappedNative, amount, to);
        IWrappedNative(wrappedNative).withdraw(amount);
        Address.sendValue(to, amount);
    }

    /// @dev Native money comes in through {payNative}. Here, only the wrapped token pays out what is to be withdrawn.
    receive() external payable {
        if (msg.sender != wrappedNative) revert InvalidRecipient(address(this));
    }

    function _withdraw(address currency, uint256 amount, address to) private {
        _requireOutside(to);
        _spendCredit(currency, amount);
        emit Withdrawn(msg.sender, currency, to, amount);
    }

    /// @dev No need to check the currency: credit exists only in admitted ones.
    function _spendCredit(address currency, uint256 amount) private {
        if (amount == 0) revert ZeroAmount();
        uint256 credit = creditOf[msg.sender][currency];
        if (credit < amount) revert InsufficientCredit(credit, amount);
        unchecked {
            creditOf[msg.sender][currency] = credit - amount;
        }
    }

    /// @dev Takes tokens in. The amount that arrives counts, not the amount asked for. Every caller is guarded; otherwise an
    /// arrival could count twice.
    function _takeIn(address currency, uint256 amount) private returns (uint256 received) {
        uint256 before = IERC20(currency).balanceOf(address(this));
        IERC20(currency).safeTransferFrom(msg.sender, address(this), amount);
        received = IERC20(currency).balanceOf(address(this)) - before;
        if (received == 0) revert ZeroAmount();
    }

    // ----------------------------------------------------------------------------------------------------- the graph

    /// @inheritdoc IFeeLedger
    function addAsset(
        Kind kind,
        uint24 keep,
        uint24 floor,
        bool byGrant,
        Edge[] calldata edges,
        Allocation[] calldata allocations
    ) external onlyRegistry returns (uint40 asset, uint24 finalFloor, uint256 closed) {
        asset = releaseCount + 1;
        (finalFloor, closed) = _addRelease(asset, toReleaseWord(asset, kind, keep), keep, floor, byGrant, edges);
        _allocate(asset, allocations);
    }

    /// @inheritdoc IFeeLedger
    function addRelease(
        uint40 asset,
        uint24 floor,
        bool byGrant,
        Edge[] calldata edges
    ) external onlyRegistry returns (uint40 release, uint24 finalFloor, uint256 closed) {
        ReleaseWord first = _releases[asset];
        ReleaseWord word = toReleaseWord(asset, first.kind(), 0);
        release = releaseCount + 1;
        (finalFloor, closed) = _addRelease(release, word, first.keep(), floor, byGrant, edges);
    }

    function _addRelease(
        uint40 release,
        ReleaseWord word,
        uint256 keep,
        uint256 floor,
        bool byGrant,
        Edge[] calldata edges
    ) private returns (uint24, uint256) {
        if (floor > Split.WHOLE) revert AboveWhole(floor);
        Draft memory draft = _draft(edges);
        if (draft.floor < floor) draft.floor = floor;
        if (draft.ownWeight < keep) revert OwnWeightBelowKeep(draft.ownWeight, keep);

        releaseCount = release;
        _releases[release] = word.withDeal(draft.ownWeight, draft.floor, byGrant, edges.length, draft.slots[0]);
        for (uint256 i = 1; i < draft.slots.length; ++i) _furtherEdges[(uint256(release) << 8) | i] = draft.slots[i];
        return (uint24(draft.floor), draft.closed); // <= WHOLE, declared or inherited
    }

    function _draft(Edge[] calldata edges) private view returns (Draft memory draft) {
        if (edges.length > MAX_LIST) revert TooMany(edges.length, MAX_LIST);
        uint256[] memory slots = draft.slots = new uint256[](slotsFor(edges.length));
        uint256 sum;
        uint256 previous;
        for (uint256 i = 0; i < edges.length; ++i) {
            Edge edge = edges[i];
            uint40 parent = edge.release();
            if (parent <= previous) revert ContributionsNotAscending(parent);
            previous = parent;
            ReleaseWord word = _releases[parent];
            if (word.byGrant()) draft.closed |= 1 << i;
            uint256 inherited = _inheritedFloor(edge, word);
            if (inherited > draft.floor) draft.floor = inherited;
            putEdge(slots, i, edge);
            unchecked {
                sum += edge.weight(); // at most 64 · 2^24
            }
        }
        if (sum > Split.WHOLE) revert WeightsAboveWhole(sum);
        draft.ownWeight = Split.WHOLE - sum;
    }

    /// @dev The floor that an edge hands down; reverts where there may be no such edge.
    function _inheritedFloor(Edge edge, ReleaseWord word) private pure returns (uint256) {
        // The new release is not stored yet, so naming itself or a later one fails here too.
        if (word.asset() == 0) revert UnknownRelease(edge.release());
        if (word.retired()) revert ReleaseRetired(edge.release());
        uint24 weight = edge.weight();
        if (weight == 0) revert ZeroWeight(edge.release());
        uint24 floor = word.floor();
        if (floor == 0) return 0;
        if (weight < floor) revert WeightBelowFloor(edge.release(), weight, floor);
        return Split.inheritedFloorUp(floor, weight);
    }

    /// @dev Minted without a call to the receiver: a contributor cannot refuse, or meddle with, a registration.
    function _allocate(uint40 asset, Allocation[] calldata allocations) private {
        if (allocations.length > MAX_LIST) revert TooMany(allocations.length, MAX_LIST);
        uint256 sum;
        uint256[] memory ids = new uint256[](1);
        uint256[] memory shares = new uint256[](1);
        ids[0] = asset;
        for (uint256 i = 0; i < allocations.length; ++i) {
            Allocation calldata allocation = allocations[i];
            if (allocation.account == address(0)) revert InvalidRecipient(address(0));
            if (allocation.shares == 0) revert ZeroAmount();
            sum += allocation.shares;
            shares[0] = allocation.shares;
            _update(address(0), allocation.account, ids, shares);
            emit SharesAllocated(asset, allocation.account, allocation.role, allocation.shares);
        }
        if (sum != TOTAL_SHARES) revert SharesNotWhole(sum);
    }

    /// @inheritdoc IFeeLedger
    function setRetired(uint40 release, bool retired) external onlyRegistry {
        _releases[release] = _releases[release].withRetired(retired);
        emit RetiredSet(release, retired);
    }

    // -------------------------------------------------------------------------------------------------------- shares

    /// @dev Brings the holdings of both sides up to the asset's income, in every currency, before shares move. What has
    /// accrued stays with the sender; what is not settled yet goes with the shares.
    function _update(address from, address to, uint256[] memory ids, uint256[] memory values) internal override {
        if (to == address(this)) revert InvalidRecipient(to);
        for (uint256 i = 0; i < ids.length; ++i) {
            // A wider id would alias an existing one, and its holders' earnings would be wrong.
            if (ids[i] > type(uint40).max) revert UnknownShareId(ids[i]);
            uint40 asset = uint40(ids[i]);
            // Nothing can have been earned by an asset that is just being registered.
            if (from == address(0)) continue;
            for (uint256 j = 0; j < _currencies.length; ++j) {
                address currency = _currencies[j];
                (uint256 income, ) = _incomes[_key(asset, currency)].read();
                if (income == 0) continue;
                _checkpoint(from, asset, currency, income);
                _checkpoint(to, asset, currency, income);
            }
        }
        super._update(from, to, ids, values);
    }

    /// @notice The `ipfs://` address of the asset's metadata.
    /// @param id The asset's id.
    function uri(uint256 id) public view override returns (string memory) {
        return IERC721Metadata(registry).tokenURI(id);
    }

    /// @inheritdoc IFeeLedger
    function contractURI() external pure returns (string memory) {
        return 'data:application/json,{"name":"Tributary shares","symbol":"TRIB"}';
    }

    /// @inheritdoc IERC165
    function supportsInterface(bytes4 interfaceId) public view override(ERC1155, IERC165) returns (bool) {
        return interfaceId == type(IFeeLedger).interfaceId || super.supportsInterface(interfaceId);
    }

    // ---------------------------------------------------------------------------------------------------- currencies

    /// @inheritdoc IFeeLedger
    function admit(address currency) external {
        if (msg.sender != admin) revert OnlyAdmin();
        _admit(currency);
    }

    function _admit(address currency) private {
        if (isAdmitted[currency]) revert CurrencyAlreadyAdmitted(currency);
        if (_currencies.length == MAX_CURRENCIES) revert TooManyCurrencies();
        if (currency.code.length == 0 || IERC20(currency).totalSupply() > MAX_SUPPLY) revert CurrencyRefused(currency);
        isAdmitted[currency] = true;
        _currencies.push(currency);
        emit CurrencyAdmitted(currency, IERC20Metadata(currency).symbol(), IERC20Metadata(currency).decimals());
    }

    // ------------------------------------------------------------------------------------------------------- helpers

    function _key(uint40 id, address currency) private pure returns (uint256) {
        return (uint256(uint160(currency)) << 40) | id;
    }

    function _requireAdmitted(address currency) private view {
        if (!isAdmitted[currency]) revert CurrencyNotAdmitted(currency);
    }

    /// @dev Money that is sent or credited to the ledger itself, or to the wrapped token, would be lost.
    function _requireOutside(address to) private view {
        if (to == address(this) || to == address(0) || to == wrappedNative) revert InvalidRecipient(to);
    }

    // --------------------------------------------------------------------------------------------------------- views

    /// @inheritdoc IFeeLedger
    function currencies() external view returns (address[] memory) {
        return _currencies;
    }

    /// @inheritdoc IFeeLedger
    function releaseInfo(uint40 release) external view returns (Release memory info) {
        ReleaseWord word = _releases[release];
        if (word.asset() == 0) revert UnknownRelease(release);
        info.asset = word.asset();
        info.kind = word.kind();
        info.ownWeight = word.ownWeight();
        info.floor = word.floor();
        info.keep = _releases[info.asset].keep();
        info.byGrant = word.byGrant();
        info.retired = word.retired();
        info.contributions = new Contribution[](word.edgeCount());
        uint256 edges = word.inlineEdges();
        uint256 slots = 1;
        for (uint256 i = 0; i < info.contributions.length; ++i) {
            if (edges == 0) edges = _furtherEdges[(uint256(release) << 8) | slots++];
            Edge edge = Edge.wrap(uint64(edges));
            edges >>= 64;
            info.contributions[i] = Contribution(edge.release(), edge.weight());
        }
    }

    /// @inheritdoc IFeeLedger
    function assetOf(uint40 release) external view returns (uint40) {
        return _releases[release].asset();
    }

    /// @inheritdoc IFeeLedger
    function flowOf(uint40 release, address currency) external view returns (uint256 received, uint256 settled) {
        return _flows[_key(release, currency)].read();
    }

    /// @inheritdoc IFeeLedger
    function incomeOf(uint40 asset, address currency) external view returns (uint256 income, uint256 commonsSwept) {
        return _incomes[_key(asset, currency)].read();
    }

    /// @inheritdoc IFeeLedger
    function holdingOf(
        address account,
        uint40 asset,
        address currency
    ) external view returns (uint256 mark, uint256 accrued) {
        Holding storage holding = _holdings[_key(asset, currency)][account];
        return (holding.mark, holding.accrued);
    }

    /// @inheritdoc IFeeLedger
    function claimable(
        address account,
        uint40[] calldata assets,
        address currency
    ) external view returns (uint256 amount) {
        for (uint256 i = 0; i < assets.length; ++i) {
            uint256 key = _key(assets[i], currency);
            (uint256 income, ) = _incomes[key].read();
            amount += _accrued(_holdings[key][account], income, balanceOf(account, assets[i])) / TOTAL_SHARES;
        }
    }
}
