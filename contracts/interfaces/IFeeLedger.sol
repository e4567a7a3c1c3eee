// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IERC1155} from "@openzeppelin/contracts/token/ERC1155/IERC1155.sol";
import {Edge} from "../libraries/Edge.sol";
import {Contribution} from "./Contribution.sol";
import {IGraphErrors} from "./IGraphErrors.sol";

/// @notice The kind of an asset.
enum Kind {
    Dataset,
    Model,
    Agent
}

/// @notice The role that a contributor had for an asset. Information only: money follows shares, never roles.
enum Role {
    Data,
    Labelling,
    Curation,
    Evaluation,
    Training,
    Infrastructure,
    Routing,
    Retrieval,
    Feedback,
    Compute,
    Other
}

/// @notice Shares of a new asset for one contributor.
/// @param account The account that gets them: not zero, not the ledger.
/// @param role The role that they are for.
/// @param shares The number, of the asset's 100,000,000; at least 1.
struct Allocation {
    address account;
    Role role;
    uint96 shares;
}

/// @notice A release as the ledger knows it.
/// @param asset The asset it is a version of: the id of that asset's first release.
/// @param kind The kind of that asset.
/// @param ownWeight Parts per million of what it receives that it keeps for its own asset.
/// @param floor Parts per million: at least this part of every fee paid into anything built on it, at any depth, must reach
/// it. Declared by its publisher, or inherited from what it was built from; the higher one counts.
/// @param keep The asset's promise: no release of it has a smaller own weight.
/// @param byGrant True if naming it needs a grant.
/// @param retired True if new releases may no longer name it.
/// @param contributions The releases that it was built from, by ascending id.
struct Release {
    uint40 asset;
    Kind kind;
    uint24 ownWeight;
    uint24 floor;
    uint24 keep;
    bool byGrant;
    bool retired;
    Contribution[] contributions;
}

/// @title The fee ledger: the graph of releases, the money that flows along it, and the shares in it
/// @notice Fees are paid into releases. Settling a release passes what it received one hop on: to the releases it was
/// built from, and to its own asset, whose shareholders claim it. Amounts are in base units of a currency, weights in
/// parts per million of what a release receives. A release or an asset is named by its id, counted from 1; an asset's
/// id is the id of its first release.
///
/// The ledger has no owner, no upgrade and no pause. The admin can do one thing: admit a currency, at most eight, for
/// ever. Who may register, publish and retire is decided by the registry; nothing there can move money.
interface IFeeLedger is IGraphErrors, IERC1155 {
    // ------------------------------------------------------------------------------------------------------- events

    /// @notice The ledger was created. None of this can ever change.
    event LedgerCreated(
        address indexed registry,
        address indexed admin,
        address wrappedNative,
        address indexed commonsBeneficiary,
        uint24 commonsPpm
    );

    /// @notice A contributor got shares of a new asset. The ERC-1155 transfer is emitted beside it.
    event SharesAllocated(uint40 indexed asset, address indexed account, Role role, uint256 shares);

    /// @notice A release was retired (no new release may name it) or restored.
    event RetiredSet(uint40 indexed release, bool retired);

    /// @notice A currency was admitted, for ever.
    event CurrencyAdmitted(address indexed currency, string symbol, uint8 decimals);

    /// @notice A fee arrived in a release.
    /// @param amount The amount that the ledger received, in base units.
    /// @param ref The fee's reference: 32 bytes that tie it to a request outside the chain.
    /// @param payer The payer. Certain if `source` is the payer or the ledger; otherwise it is what the source says.
    /// @param source The origin of the money: the caller, or the ledger itself if it was taken from the payer's credit.
    event FeePaid(
        uint40 indexed release,
        address indexed currency,
        address indexed payer,
        uint256 amount,
        bytes32 ref,
        address source
    );

    /// @notice These releases passed everything they had received one hop on, in this order.
    event Settled(address indexed currency, uint40[] releases);

    /// @notice A shareholder's earnings with these assets were sent to a wallet.
    event Claimed(
        address indexed account,
        address indexed currency,
        address indexed to,
        uint256 amount,
        uint40[] assets
    );

    /// @notice A shareholder's earnings with these assets were added to its credit.
    event ClaimedToCredit(address indexed account, address indexed currency, uint256 amount, uint40[] assets);

    /// @notice The commons' part of these assets' income was added to the credit of the commons' beneficiary.
    event CommonsSwept(address indexed currency, uint256 amount, uint40[] assets);

    /// @notice Tokens became credit: `amount` is what the ledger received.
    event Deposited(address indexed account, address indexed currency, address indexed from, uint256 amount);

    /// @notice Credit was sent out to a wallet.
    event Withdrawn(address indexed account, address indexed currency, address indexed to, uint256 amount);

    // ------------------------------------------------------------------------------------------------------- errors

    /// @notice Only the registry may call this.
    error OnlyRegistry();
    /// @notice Only the admin may call this.
    error OnlyAdmin();
    /// @notice This token is not admitted. {currencies} lists those that are.
    error CurrencyNotAdmitted(address currency);
    /// @notice This token is admitted already.
    error CurrencyAlreadyAdmitted(address currency);
    /// @notice The most currencies that can ever be admitted are admitted.
    error TooManyCurrencies();
    /// @notice This token may not be admitted: it has no code, or its total supply is 2^96 or more.
    error CurrencyRefused(address currency);
    /// @notice Nothing would be paid, or nothing arrived.
    error ZeroAmount();
    /// @notice More than the credit that the account has.
    error InsufficientCredit(uint256 credit, uint256 needed);
    /// @notice A total reached 2^112: the currency broke the rules of admission.
    error CounterOverflow();
    /// @notice There is no share id that large.
    error UnknownShareId(uint256 id);

    // ----------------------------------------------------------------------------------------------- money: anyone

    /// @notice Pays a fee of the caller's tokens into a release. The caller must have approved the ledger.
    /// @param release The release to pay; any release that exists, retired or not.
    /// @param currency An admitted currency.
    /// @param amount Base units to take from the caller; at least 1.
    /// @param ref 32 bytes of the payer's choosing that tie the fee to a request, or zero.
    /// @return received The amount that arrived: less than `amount` if the token takes a cut.
    function pay(uint40 release, address currency, uint256 amount, bytes32 ref) external returns (uint256 received);

    /// @notice Like {pay}, for somebody else: the tokens are the caller's, and the fee is recorded for `payer`. For contracts
    /// that take money in for people. Anyone can name anyone, so the event also names the caller.
    /// @param payer The account that the fee is recorded for.
    /// @param release The release to pay; any release that exists, retired or not.
    /// @param currency An admitted currency.
    /// @param amount Base units to take from the caller; at least 1.
    /// @param ref 32 bytes that tie the fee to a request, or zero.
    /// @return received The amount that arrived: less than `amount` if the token takes a cut.
    function payFor(
        address payer,
        uint40 release,
        address currency,
        uint256 amount,
        bytes32 ref
    ) external returns (uint256 received);

    /// @notice Pays a fee in native money, which is wrapped. Reverts where the wrapped token is not admitted.
    /// @param release The release to pay; any release that exists, retired or not.
    /// @param ref 32 bytes of the payer's choosing that tie the fee to a request, or zero.
    function payNative(uint40 release, bytes32 ref) external payable;

    /// @notice Like {pay}, and then {settle} with the same currency, in one transaction.
    /// @param release The release to pay; any release that exists, retired or not.
    /// @param currency An admitted currency.
    /// @param amount Base units to take from the caller; at least 1.
    /// @param ref 32 bytes of the payer's choosing that tie the fee to a request, or zero.
    /// @param releases The releases to settle after paying, each before the releases it was built from.
    /// @return received The amount that arrived: less than `amount` if the token takes a cut.
    function payAndSettle(
        uint40 release,
        address currency,
        uint256 amount,
        bytes32 ref,
        uint40[] calldata releases
    ) external returns (uint256 received);

    /// @notice Pays a fee out of the caller's credit. No token moves.
    /// @param release The release to pay; any release that exists, retired or not.
    /// @param currency An admitted currency that the caller has credit in.
    /// @param amount Base units of credit to spend; at least 1.
    /// @param ref 32 bytes of the payer's choosing that tie the fee to a request, or zero.
    function payFromCredit(uint40 release, address currency, uint256 amount, bytes32 ref) external;

    /// @notice Lets the ledger take the caller's tokens by a signature (ERC-2612) instead of an approval. To be followed
    /// by a payment or deposit in one {multicall}. A signature that was used already is ignored: the payment that
    /// follows shows whether the allowance is there.
    /// @param currency An admitted currency with ERC-2612.
    /// @param amount The allowance that was signed, in base units.
    /// @param deadline Seconds since 1970 after which the signature is no longer valid, as it was signed.
    /// @param v The signature's last byte, 27 or 28.
    /// @param r The signature's first 32 bytes.
    /// @param s The signature's second 32 bytes.
    function permit(address currency, uint256 amount, uint256 deadline, uint8 v, bytes32 r, bytes32 s) external;

    /// @notice Passes everything that these releases have received one hop on. Anyone may do it at any time, in any
    /// order, with the same result in the end. Unknown releases and those with nothing unsettled are passed over.
    /// @param releases To reach the ancestors in one call, name each release before the releases it was built from:
    /// descending ids do.
    /// @param currency The currency to pass on.
    function settle(uint40[] calldata releases, address currency) external;

    /// @notice Pays out what the caller has earned with its shares of these assets.
    /// @param assets Ids of assets that the caller holds or held shares of.
    /// @param currency The currency to be paid in.
    /// @param to The recipient, which the caller chooses; not the ledger, nor the wrapped native token.
    /// @return amount Base units sent, possibly 0.
    function claim(uint40[] calldata assets, address currency, address to) external returns (uint256 amount);

    /// @notice Like {settle}, and then {claim}: everything that the caller is owed, with one signature.
    /// @param releases The releases to settle, each before the releases it was built from: descending ids do.
    /// @param assets Ids of assets that the caller holds or held shares of.
    /// @param currency The currency to settle and to be paid in.
    /// @param to The recipient, which the caller chooses; not the ledger, nor the wrapped native token.
    /// @return amount Base units sent, possibly 0.
    function collect(
        uint40[] calldata releases,
        uint40[] calldata assets,
        address currency,
        address to
    ) external returns (uint256 amount);

    /// @notice Adds to an account's credit what it has earned with its shares of these assets. Anyone may call it.
    /// Any contract that holds shares must therefore be able to withdraw all its credit, not only what it claimed itself.
    /// One that cannot should have its shares held by an outlet.
    /// @param account The account that earned, and whose credit grows.
    /// @param assets Ids of assets that the account holds or held shares of.
    /// @param currency The currency of the earnings.
    /// @return amount Base units credited, possibly 0.
    function claimToCredit(
        address account,
        uint40[] calldata assets,
        address currency
    ) external returns (uint256 amount);

    /// @notice Adds the commons' part of these assets' income to the credit of the commons' beneficiary. Anyone may call it.
    /// @param assets Ids of assets.
    /// @param currency The currency of the income.
    /// @return amount Base units credited, possibly 0.
    function sweepCommons(uint40[] calldata assets, address currency) external returns (uint256 amount);

    /// @notice Turns the caller's tokens into credit of an account. The caller must have approved the ledger.
    /// @param currency An admitted currency.
    /// @param amount Base units to take from the caller; at least 1.
    /// @param account The account that gets the credit; not the ledger, nor the wrapped native token.
    /// @return received The amount credited: less than `amount` if the token takes a cut.
    function deposit(address currency, uint256 amount, address account) external returns (uint256 received);

    /// @notice Sends credit of the caller out as tokens.
    /// @param currency The currency of the credit.
    /// @param amount Base units; at least 1.
    /// @param to The recipient; not the ledger, nor the wrapped native token.
    function withdraw(address currency, uint256 amount, address to) external;

    /// @notice Sends credit of the caller in the wrapped native token out as native money.
    /// @param amount Base units (wei); at least 1.
    /// @param to The recipient; a contract must take the money without failing. Not the ledger, nor the wrapped native token.
    function withdrawNative(uint256 amount, address payable to) external;

    // ------------------------------------------------------------------------------------------- graph: the registry
    // The registry emits what is added here, with the publisher's words: one event tells all there is to a release.

    /// @notice Adds an asset with its first release and allocates all of its shares. Only the registry may call it.
    /// @param kind 0 dataset, 1 model, 2 agent.
    /// @param keep Parts per million: no release of the asset will ever keep less for it.
    /// @param floor The declared floor, in parts per million.
    /// @param byGrant True if naming the release needs a grant.
    /// @param edges The contributions of the release, by ascending release id, at most 64.
    /// @param allocations The 100,000,000 shares, divided among the contributors.
    /// @return asset The new id, of the asset and of its first release.
    /// @return finalFloor The floor it ended with: the declared one, or a higher one inherited from its contributions.
    /// @return closed A bit for each edge (the first is bit 0) whose release is by grant.
    function addAsset(
        Kind kind,
        uint24 keep,
        uint24 floor,
        bool byGrant,
        Edge[] calldata edges,
        Allocation[] calldata allocations
    ) external returns (uint40 asset, uint24 finalFloor, uint256 closed);

    /// @notice Adds a release to an asset. Only the registry may call it. Results as in {addAsset}.
    /// @param asset The asset's id.
    /// @param floor The declared floor, in parts per million.
    /// @param byGrant True if naming the release needs a grant.
    /// @param edges The contributions of the release, by ascending release id, at most 64.
    function addRelease(
        uint40 asset,
        uint24 floor,
        bool byGrant,
        Edge[] calldata edges
    ) external returns (uint40 release, uint24 finalFloor, uint256 closed);

    /// @notice Retires or restores a release. Only the registry may call it.
    /// @param release The release's id.
    /// @param retired True to retire, false to restore.
    function setRetired(uint40 release, bool retired) external;

    // ------------------------------------------------------------------------------------------- currencies: the admin

    /// @notice Admits a currency for ever. Only the admin may call it.
    /// @param currency The ERC-20 token.
    /// @dev The ledger trusts a currency to: call nobody on transfer (no hooks); never change balances by itself (no
    /// rebasing); take from the sender what it says and no more; keep its total supply below 2^96, flash loans included;
    /// report balances truthfully; have one address; give the same symbol and decimals for ever. A token with hooks
    /// could only revert or waste gas, since every function that moves tokens is guarded; one that shrinks balances, or
    /// takes more than it says, would make that one currency insolvent for whoever claims last; a larger supply could
    /// bring a counter to 2^112, where further fees revert; a second address would let an inlet's money be recovered
    /// instead of shared, were it not for the inlet's own check. An issuer that can freeze balances can freeze the
    /// ledger's. No breach reaches another currency.
    function admit(address currency) external;

    // -------------------------------------------------------------------------------------------------------- views

    /// @notice The account that may admit currencies.
    function admin() external view returns (address);

    /// @notice The contract that decides who may register, publish and retire.
    function registry() external view returns (address);

    /// @notice Parts per million of all income that go to the commons.
    function commonsPpm() external view returns (uint24);

    /// @notice The account whose credit the commons' part is added to.
    function commonsBeneficiary() external view returns (address);

    /// @notice The token that native money is wrapped in; zero where there is none.
    function wrappedNative() external view returns (address);

    /// @notice The name and symbol that marketplaces show for all shares together (ERC-7572).
    function contractURI() external view returns (string memory);

    /// @notice The number of releases; ids run from 1 to this.
    function releaseCount() external view returns (uint40);

    /// @notice The admitted currencies.
    function currencies() external view returns (address[] memory);

    /// @notice Tells whether a token is admitted.
    /// @param currency The token.
    function isAdmitted(address currency) external view returns (bool);

    /// @notice A release with its contributions. Reverts with {UnknownRelease}.
    /// @param release The release's id.
    function releaseInfo(uint40 release) external view returns (Release memory);

    /// @notice The asset that a release is a version of; zero if there is no such release.
    /// @param release The release's id.
    function assetOf(uint40 release) external view returns (uint40);

    /// @notice The total that a release ever received, and how much of it has been settled, that is, passed on.
    /// @param release The release's id.
    /// @param currency The currency.
    function flowOf(uint40 release, address currency) external view returns (uint256 received, uint256 settled);

    /// @notice The total that the releases of an asset ever kept for it, and how much of it was added to the credit of the
    /// commons' beneficiary.
    /// @param asset The asset's id.
    /// @param currency The currency.
    function incomeOf(uint40 asset, address currency) external view returns (uint256 income, uint256 commonsSwept);

    /// @notice A shareholder's holding: up to where its earnings with one asset are counted, and what is not paid out of them.
    /// @param account The shareholder.
    /// @param asset The asset's id.
    /// @param currency The currency.
    /// @return mark The asset's income at the last checkpoint.
    /// @return accrued Earned up to the mark and not paid out, in 1e-8 base units.
    function holdingOf(
        address account,
        uint40 asset,
        address currency
    ) external view returns (uint256 mark, uint256 accrued);

    /// @notice The amount that a claim for these assets would pay the account now, in base units. Settling may add to it. An
    /// asset that is named twice is counted twice here, but paid once.
    /// @param account The shareholder.
    /// @param assets Ids of assets that the account holds or held shares of.
    /// @param currency The currency.
    function claimable(address account, uint40[] calldata assets, address currency) external view returns (uint256);

    /// @notice The credit of an account: the money that it holds inside the ledger, in base units.
    /// @param account The account.
    /// @param currency The currency.
    function creditOf(address account, address currency) external view returns (uint256);
}
