// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";
import {IERC165} from "@openzeppelin/contracts/utils/introspection/IERC165.sol";
import {IERC4906} from "@openzeppelin/contracts/interfaces/IERC4906.sol";
import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {Multicall} from "@openzeppelin/contracts/utils/Multicall.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";
import {FeeLedger} from "./FeeLedger.sol";
import {AssetDraft, Grant, IAssetRegistry, ReleaseDraft, SignedGrant} from "./interfaces/IAssetRegistry.sol";
import {IFeeLedger, Kind} from "./interfaces/IFeeLedger.sol";
import {Edge, toEdges} from "./libraries/Edge.sol";
import {IpfsUri} from "./libraries/IpfsUri.sol";
import {IGraphErrors} from "./interfaces/IGraphErrors.sol";

/// @title AssetRegistry
/// @notice Identity, kept apart from accounting: who administers an asset, and its metadata. The registry decides who may
/// publish, grant and retire. The graph and all money are in the ledger, and nothing here can move money.
/// @dev The registry creates its ledger, so that a pair exists whole or not at all.
contract AssetRegistry is ERC721, EIP712, Multicall, IERC4906, IAssetRegistry {
    uint256 private constant METADATA_LIMIT = 8192;
    /// @dev Limit of a release's label and uri together, in bytes.
    uint256 private constant DESCRIPTION_LIMIT = 2048;

    bytes32 private constant GRANT_TYPEHASH = keccak256(
        "Grant(uint40 release,address account,uint40 asset,uint256 nonce,uint256 deadline)"
    );

    IFeeLedger private immutable LEDGER;
    /// @inheritdoc IAssetRegistry
    address public immutable identityRegistry;

    /// @inheritdoc IAssetRegistry
    mapping(uint40 asset => bytes32) public metadataDigest;
    /// @inheritdoc IAssetRegistry
    mapping(uint40 release => mapping(address account => bool)) public accountGrant;
    /// @inheritdoc IAssetRegistry
    mapping(uint40 release => mapping(uint40 asset => bool)) public assetGrant;
    /// @inheritdoc IAssetRegistry
    mapping(bytes32 digest => bool) public grantSpent;
    /// @dev The identity plus one, because an identity may be number 0.
    mapping(uint40 asset => uint256) private _identityPlusOne;
    /// @inheritdoc IAssetRegistry
    mapping(uint256 identity => uint40) public assetOfIdentity;

    /// @param admin The account that may admit further currencies: a timelock or a multisig. It can never be replaced.
    /// @param commonsPpm Parts per million of all income for the commons, 1 to 1,000,000.
    /// @param commonsBeneficiary The account to whose credit they are added. It can never be replaced.
    /// @param wrappedNative The token that native money is wrapped in, or zero. It can be used once it is admitted.
    /// @param currencies The currencies to begin with, at most 8.
    /// @param identityRegistry_ The chain's ERC-8004 identity registry, or zero.
    constructor(
        address admin,
        uint24 commonsPpm,
        address commonsBeneficiary,
        address wrappedNative,
        address[] memory currencies,
        address identityRegistry_
    ) ERC721("Tributary Asset", "TRIB") EIP712("Tributary", "1") {
        LEDGER = new FeeLedger(admin, commonsPpm, commonsBeneficiary, wrappedNative, currencies);
        identityRegistry = identityRegistry_;
        emit RegistryCreated(address(LEDGER), identityRegistry_);
    }

    // ---------------------------------------------------------------------------------------------------- registering

    /// @inheritdoc IAssetRegistry
    function register(
        address owner,
        AssetDraft calldata asset,
        ReleaseDraft calldata release
    ) external returns (uint40 id) {
        return _register(owner, asset, release, new SignedGrant[](0));
    }

    /// @inheritdoc IAssetRegistry
    function registerWithGrants(
        address owner,
        AssetDraft calldata asset,
        ReleaseDraft calldata release,
        SignedGrant[] calldata grants
    ) external returns (uint40 id) {
        return _register(owner, asset, release, grants);
    }

    function _register(
        address owner,
        AssetDraft calldata asset,
        ReleaseDraft calldata release,
        SignedGrant[] memory grants
    ) private returns (uint40 id) {
        Edge[] memory edges = toEdges(release.contributions);
        uint24 floor;
        uint256 closed;
        (id, floor, closed) = LEDGER.addAsset(
            asset.kind,
            asset.keep,
            release.floor,
            release.byGrant,
            edges,
            asset.allocations
        );
        if (closed != 0) _requireGrants(id, edges, closed, grants);

        _storeMetadata(id, bytes(asset.metadata));
        emit AssetRegistered(id, msg.sender, asset.kind, asset.keep, bytes(asset.metadata));
        _mint(owner, id);
        _emitPublished(id, id, edges, floor, release);
    }

    /// @inheritdoc IAssetRegistry
    function publish(uint40 asset, ReleaseDraft calldata release) external returns (uint40 id) {
        return _publish(asset, release, new SignedGrant[](0));
    }

    /// @inheritdoc IAssetRegistry
    function publishWithGrants(
        uint40 asset,
        ReleaseDraft calldata release,
        SignedGrant[] calldata grants
    ) external returns (uint40 id) {
        return _publish(asset, release, grants);
    }

    function _publish(
        uint40 asset,
        ReleaseDraft calldata release,
        SignedGrant[] memory grants
    ) private returns (uint40 id) {
        _requireOwner(asset);

        Edge[] memory edges = toEdges(release.contributions);
        uint24 floor;
        uint256 closed;
        (id, floor, closed) = LEDGER.addRelease(asset, release.floor, release.byGrant, edges);
        if (closed != 0) _requireGrants(asset, edges, closed, grants);

        _emitPublished(id, asset, edges, floor, release);
    }

    function _emitPublished(
        uint40 id,
        uint40 asset,
        Edge[] memory edges,
        uint24 floor,
        ReleaseDraft calldata release
    ) private {
        string calldata label = release.label;
        string calldata uri = release.uri;
        // Everyone who follows the chain keeps for ever what is emitted.
        uint256 length;
        unchecked {
            length = bytes(label).length + bytes(uri).length; // both below 2^64, or decoding fails
        }
        if (length > DESCRIPTION_LIMIT) revert TextTooLong(length, DESCRIPTION_LIMIT);
        emit ReleasePublished(id, asset, edges, floor, release.byGrant, label, release.digest, uri);
    }

    /// @dev Each edge marked in `closed` names a release that is by grant. The owner of its asset needs none; others do.
    function _requireGrants(uint40 asset, Edge[] memory edges, uint256 closed, SignedGrant[] memory grants) private {
        for (uint256 i = 0; i < edges.length; ++i) {
            if ((closed >> i) & 1 == 0) continue;
            uint40 release = edges[i].release();
            if (accountGrant[release][msg.sender] || assetGrant[release][asset]) continue;
            address owner = ownerOf(LEDGER.assetOf(release));
            if (owner != msg.sender && !_spendGrant(release, asset, owner, grants)) revert GrantRequired(release);
        }
    }

    /// @dev Finds a grant for the release that names the caller or the asset, and spends it. A grant cannot
    /// name an asset that is just being registered.
    function _spendGrant(
        uint40 release,
        uint40 asset,
        address owner,
        SignedGrant[] memory grants
    ) private returns (bool) {
        for (uint256 i = 0; i < grants.length; ++i) {
            Grant memory grant = grants[i].grant;
            if (grant.release != release) continue;
            bool named = grant.account == msg.sender || (grant.asset == asset && _ownerOf(asset) != address(0));
            if (!named) revert GrantForAnother(release);
            if (block.timestamp > grant.deadline) revert GrantExpired(release, grant.deadline);
            bytes32 digest = grantDigest(grant);
            if (grantSpent[digest]) revert GrantAlreadySpent(release);
            if (!SignatureChecker.isValidSignatureNow(owner, digest, grants[i].signature)) {
                revert GrantSignatureInvalid(release, owner);
            }
            grantSpent[digest] = true;
            emit GrantSpent(release, digest);
            return true;
        }
        return false;
    }

    /// @inheritdoc IAssetRegistry
    function grantDigest(Grant memory grant) public view returns (bytes32) {
        return
            _hashTypedDataV4(
                keccak256(
                    abi.encode(GRANT_TYPEHASH, grant.release, grant.account, grant.asset, grant.nonce, grant.deadline)
                )
            );
    }

    // ------------------------------------------------------------------------------------------------- administering

    /// @inheritdoc IAssetRegistry
    function setRetired(uint40 release, bool retired) external {
        _requireOwnerOfRelease(release);
        LEDGER.setRetired(release, retired);
    }

    /// @inheritdoc IAssetRegistry
    function setAccountGrant(uint40 release, address account, bool granted) external {
        _requireOwnerOfRelease(release);
        accountGrant[release][account] = granted;
        emit AccountGrantSet(release, account, granted);
    }

    /// @inheritdoc IAssetRegistry
    function setAssetGrant(uint40 release, uint40 asset, bool granted) external {
        _requireOwnerOfRelease(release);
        // A grant to an asset that does not exist yet would fall to whoever registers it.
        _requireOwned(asset);
        assetGrant[release][asset] = granted;
        emit AssetGrantSet(release, asset, granted);
    }

    /// @inheritdoc IAssetRegistry
    function cancelGrant(Grant calldata grant) external {
        _requireOwnerOfRelease(grant.release);
        bytes32 digest = grantDigest(grant);
        grantSpent[digest] = true;
        emit GrantSpent(grant.release, digest);
    }

    /// @inheritdoc IAssetRegistry
    function bindIdentity(uint40 asset, uint256 identity) external {
        _requireOwner(asset);
        if (LEDGER.releaseInfo(asset).kind != Kind.Agent) revert NotAnAgent(asset);
        if (_identityPlusOne[asset] != 0 || assetOfIdentity[identity] != 0)
            revert IdentityAlreadyBound(asset, identity);
        if (identityRegistry == address(0) || IERC721(identityRegistry).ownerOf(identity) != msg.sender) {
            revert NotIdentityOwner(identity, msg.sender);
        }
        _identityPlusOne[asset] = identity + 1;
        assetOfIdentity[identity] = asset;
        emit IdentityBound(asset, identity);
    }

    /// @inheritdoc IAssetRegistry
    function setMetadata(uint40 asset, string calldata metadata) external {
        _requireOwner(asset);
        _storeMetadata(asset, bytes(metadata));
        emit MetadataChanged(asset, bytes(metadata));
        emit MetadataUpdate(asset);
    }

    function _storeMetadata(uint40 asset, bytes calldata metadata) private {
        if (metadata.length > METADATA_LIMIT) revert TextTooLong(metadata.length, METADATA_LIMIT);
        metadataDigest[asset] = sha256(metadata);
    }

    /// @dev The owner alone: an operator approved for trading must not be able to publish.
    function _requireOwner(uint40 asset) private view {
        if (ownerOf(asset) != msg.sender) revert NotAssetOwner(asset, msg.sender);
    }

    function _requireOwnerOfRelease(uint40 release) private view {
        uint40 asset = LEDGER.assetOf(release);
        if (asset == 0) revert IGraphErrors.UnknownRelease(release);
        _requireOwner(asset);
    }

    // --------------------------------------------------------------------------------------------------------- views

    /// @inheritdoc IAssetRegistry
    function ledger() external view returns (address) {
        return address(LEDGER);
    }

    /// @inheritdoc IAssetRegistry
    function identityOf(uint40 asset) external view returns (bool bound, uint256 identity) {
        uint256 plusOne = _identityPlusOne[asset];
        return plusOne == 0 ? (false, 0) : (true, plusOne - 1);
    }

    /// @notice The `ipfs://` address of the asset's metadata.
    /// @param tokenId The asset's id.
    function tokenURI(uint256 tokenId) public view override returns (string memory) {
        _requireOwned(tokenId);
        // No truncation: only ids that the ledger counted in 40 bits are ever minted.
        return IpfsUri.fromDigest(metadataDigest[uint40(tokenId)]);
    }

    /// @inheritdoc IAssetRegistry
    function contractURI() external pure returns (string memory) {
        return 'data:application/json,{"name":"Tributary assets","symbol":"TRIB"}';
    }

    /// @inheritdoc IERC165
    function supportsInterface(bytes4 interfaceId) public view override(ERC721, IERC165) returns (bool) {
        return
            interfaceId == type(IAssetRegistry).interfaceId ||
            interfaceId == bytes4(0x49064906) ||
            super.supportsInterface(interfaceId);
    }
}
