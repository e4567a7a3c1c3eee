// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";
import {Edge} from "../libraries/Edge.sol";
import {Allocation, Contribution, Kind} from "./IFeeLedger.sol";
import {IGraphErrors} from "./IGraphErrors.sol";

/// @notice A new asset.
/// @param kind Dataset, model or agent.
/// @param keep Parts per million of what a release receives: every release of this asset keeps at least this part for its
/// shareholders. It can never be changed; 0 promises nothing.
/// @param metadata A JSON document as text, at most 8,192 bytes. Emitted as bytes, exactly as it is given.
/// @param allocations The 100,000,000 shares, divided among at most 64 contributors.
struct AssetDraft {
    Kind kind;
    uint24 keep;
    string metadata;
    Allocation[] allocations;
}

/// @notice A new release.
/// @param contributions The releases that it was built from, by ascending id, at most 64.
/// @param floor Parts per million of every fee, paid to anything built on the release at any depth, that must reach it.
/// Floors compound as they are inherited; a few per cent is much.
/// @param byGrant True if a release that names this one needs a grant of this one's owner.
/// @param label The version as people write it, such as "3.1". Emitted, not stored, as are the next two.
/// @param digest A digest of the content (weights, files, code), or zero.
/// @param uri The address of the content or of its card, or empty. Label and uri have at most 2,048 bytes together.
struct ReleaseDraft {
    Contribution[] contributions;
    uint24 floor;
    bool byGrant;
    string label;
    bytes32 digest;
    string uri;
}

/// @notice Permission to build once on a release that is by grant.
/// @param release The release that may be named.
/// @param account The account that may name it, for any asset; or zero.
/// @param asset The asset whose owner may name it; or zero. Sign only for an asset whose registration is final: ids are
/// counted, and a grant for a coming id falls to whoever gets it.
/// @param nonce Any number: makes grants differ that are otherwise equal.
/// @param deadline Seconds since 1970 after which it is no longer valid.
struct Grant {
    uint40 release;
    address account;
    uint40 asset;
    uint256 nonce;
    uint256 deadline;
}

/// @notice A grant with the signature (EIP-712) of the owner of the release's asset: of an account, or of a contract
/// wallet (ERC-1271).
struct SignedGrant {
    Grant grant;
    bytes signature;
}

/// @title The asset registry: who and what
/// @notice An asset is an ERC-721 token. Its owner publishes releases, sets their terms, grants and retires. Its
/// metadata is a JSON document of at most 8 KiB that is emitted whole and stored as its SHA-256; {tokenURI} is the
/// `ipfs://` address of exactly those bytes, which anyone can pin.
interface IAssetRegistry is IGraphErrors, IERC721 {
    // ------------------------------------------------------------------------------------------------------- events

    /// @notice The registry and its ledger were created. Neither address can ever change.
    event RegistryCreated(address indexed ledger, address indexed identityRegistry);

    /// @notice A new asset. Its first release follows, which has the same id. The ledger emits the shares beside it.
    event AssetRegistered(uint40 indexed asset, address indexed registrant, Kind kind, uint24 keep, bytes metadata);

    /// @notice A release entered the graph: its contributions, its terms, and its publisher's description.
    /// @param edges Its contributions in ascending order, each as release · 2^24 + weight.
    /// @param floor The floor it ended with: the declared one, or a higher one inherited from its contributions.
    event ReleasePublished(
        uint40 indexed release,
        uint40 indexed asset,
        Edge[] edges,
        uint24 floor,
        bool byGrant,
        string label,
        bytes32 digest,
        string uri
    );

    /// @notice An asset's metadata was replaced.
    event MetadataChanged(uint40 indexed asset, bytes metadata);

    /// @notice An account may, or may no longer, build on a release that is by grant.
    event AccountGrantSet(uint40 indexed release, address indexed account, bool granted);

    /// @notice An asset may, or may no longer, build on a release that is by grant.
    event AssetGrantSet(uint40 indexed release, uint40 indexed asset, bool granted);

    /// @notice A signed grant was used, or cancelled.
    event GrantSpent(uint40 indexed release, bytes32 indexed digest);

    /// @notice An agent that has an ERC-8004 identity was bound to it, for ever.
    event IdentityBound(uint40 indexed asset, uint256 indexed identity);

    // ------------------------------------------------------------------------------------------------------- errors

    /// @notice Only the owner of the asset may do this.
    error NotAssetOwner(uint40 asset, address caller);
    /// @notice The release is by grant, and neither the caller nor the asset has one. Ask the owner of its asset.
    error GrantRequired(uint40 release);
    /// @notice The signed grant names neither the caller nor the asset.
    error GrantForAnother(uint40 release);
    /// @notice The deadline of the signed grant has passed.
    error GrantExpired(uint40 release, uint256 deadline);
    /// @notice The signed grant was used or cancelled.
    error GrantAlreadySpent(uint40 release);
    /// @notice The signature is not that of the owner of the release's asset.
    error GrantSignatureInvalid(uint40 release, address owner);
    /// @notice Only an agent can be bound to an agent's identity.
    error NotAnAgent(uint40 asset);
    /// @notice The asset has an identity already, or the identity an asset.
    error IdentityAlreadyBound(uint40 asset, uint256 identity);
    /// @notice Only the owner of the identity may bind it; or this deployment has no identity registry.
    error NotIdentityOwner(uint256 identity, address caller);
    /// @notice Metadata may have 8,192 bytes, a release's label and uri 2,048 together.
    error TextTooLong(uint256 length, uint256 limit);

    // -------------------------------------------------------------------------------------------------------- anyone

    /// @notice Registers an asset with its first release and allocates all of its shares.
    /// @param owner The account that will administer the asset. The caller need not be the owner.
    /// @param asset Its kind, keep and metadata, and who gets its shares.
    /// @param release Its first release: contributions, terms for building on it, and description.
    /// @return id The new id, of the asset and of its first release.
    function register(
        address owner,
        AssetDraft calldata asset,
        ReleaseDraft calldata release
    ) external returns (uint40 id);

    /// @notice Like {register}, with signed grants for contributions that are by grant. Of several grants for one release
    /// the first counts.
    /// @param owner The account that will administer the asset. The caller need not be the owner.
    /// @param asset Its kind, keep and metadata, and who gets its shares.
    /// @param release Its first release: contributions, terms for building on it, and description.
    /// @param grants The grants, each with the signature of the owner of its release's asset.
    /// @return id The new id, of the asset and of its first release.
    function registerWithGrants(
        address owner,
        AssetDraft calldata asset,
        ReleaseDraft calldata release,
        SignedGrant[] calldata grants
    ) external returns (uint40 id);

    // --------------------------------------------------------------------------------------------- the asset's owner

    /// @notice Publishes a new release of an asset.
    /// @param asset The asset's id; the caller must own it.
    /// @param release The release: contributions, terms for building on it, and description.
    /// @return id The new release's id.
    function publish(uint40 asset, ReleaseDraft calldata release) external returns (uint40 id);

    /// @notice Like {publish}, with signed grants for contributions that are by grant. Of several grants for one release the
    /// first counts.
    /// @param asset The asset's id; the caller must own it.
    /// @param release The release: contributions, terms for building on it, and description.
    /// @param grants The grants, each with the signature of the owner of its release's asset.
    /// @return id The new release's id.
    function publishWithGrants(
        uint40 asset,
        ReleaseDraft calldata release,
        SignedGrant[] calldata grants
    ) external returns (uint40 id);

    /// @notice Retires a release (no new release may name it) or restores it. Money is never refused.
    /// @param release The release's id; the caller must own its asset.
    /// @param retired True to retire, false to restore.
    function setRetired(uint40 release, bool retired) external;

    /// @notice Lets an account build on a release that is by grant, until revoked. A grant outlives the asset's sale.
    /// @param release The release's id; the caller must own its asset.
    /// @param account The account that may build on it, with any asset.
    /// @param granted True to grant, false to revoke.
    function setAccountGrant(uint40 release, address account, bool granted) external;

    /// @notice Lets releases of an asset build on a release that is by grant, until revoked.
    /// @param release The release's id; the caller must own its asset.
    /// @param asset The asset whose releases may build on it; it must exist.
    /// @param granted True to grant, false to revoke.
    function setAssetGrant(uint40 release, uint40 asset, bool granted) external;

    /// @notice Cancels a grant that was signed and is not used yet.
    /// @param grant The grant as it was signed; the caller must own its release's asset.
    function cancelGrant(Grant calldata grant) external;

    /// @notice Binds an agent to its ERC-8004 identity, for ever. The caller must own both. What is bound stays bound when
    /// either is sold: trust it only while both have one owner.
    /// @param asset The agent's id.
    /// @param identity The identity's number in the chain's ERC-8004 registry.
    function bindIdentity(uint40 asset, uint256 identity) external;

    /// @notice Replaces an asset's metadata.
    /// @param asset The asset's id; the caller must own it.
    /// @param metadata A JSON document as text, at most 8,192 bytes.
    function setMetadata(uint40 asset, string calldata metadata) external;

    // -------------------------------------------------------------------------------------------------------- views

    /// @notice The ledger that holds the graph and the money.
    function ledger() external view returns (address);

    /// @notice SHA-256 of an asset's metadata.
    /// @param asset The asset's id.
    function metadataDigest(uint40 asset) external view returns (bytes32);

    /// @notice Returns true if an account has a grant, recorded on chain, to build on a release that is by grant.
    /// @param release The release's id.
    /// @param account The account.
    function accountGrant(uint40 release, address account) external view returns (bool);

    /// @notice Returns true if an asset has a grant, recorded on chain, to build on a release that is by grant.
    /// @param release The release's id.
    /// @param asset The asset's id.
    function assetGrant(uint40 release, uint40 asset) external view returns (bool);

    /// @notice Computes the grant's EIP-712 digest, which the owner of the release's asset signs.
    /// @param grant The grant.
    function grantDigest(Grant calldata grant) external view returns (bytes32);

    /// @notice Tells whether a signed grant was used or cancelled.
    /// @param digest The grant's digest: {grantDigest}.
    function grantSpent(bytes32 digest) external view returns (bool);

    /// @notice The chain's ERC-8004 identity registry; zero where there is none.
    function identityRegistry() external view returns (address);

    /// @notice The ERC-8004 identity that an agent is bound to, if it is bound to one.
    /// @param asset The agent's id.
    function identityOf(uint40 asset) external view returns (bool bound, uint256 identity);

    /// @notice The agent that is bound to an ERC-8004 identity; zero if none is.
    /// @param identity The identity's number.
    function assetOfIdentity(uint256 identity) external view returns (uint40);

    /// @notice The name and symbol that marketplaces show for all assets together (ERC-7572).
    function contractURI() external view returns (string memory);
}
