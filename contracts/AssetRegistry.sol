// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";
import {IERC165} from "@openzeppelin/contracts/utils/introspection/IERC165.sol";
import {IERC4906} from "@openzeppelin/contracts/interfaces/IERC4906.sol";
import {FeeLedger} from "./FeeLedger.sol";
import {AssetDraft, IAssetRegistry, ReleaseDraft} from "./interfaces/IAssetRegistry.sol";
import {IFeeLedger} from "./interfaces/IFeeLedger.sol";
import {Edge, toEdges} from "./libraries/Edge.sol";
import {IpfsUri} from "./libraries/IpfsUri.sol";

/// @title AssetRegistry
/// @notice Identity, cut from accounting: who administers an asset and what there is to say of it. It decides who may
/// register, publish, grant and retire; the graph itself and all money are the ledger's, and nothing here can move it.
/// @dev The registry creates its ledger, so that a pair exists whole or not at all.
contract AssetRegistry is ERC721, IERC4906, IAssetRegistry {
    uint256 private constant METADATA_LIMIT = 8192;

    IFeeLedger private immutable LEDGER;

    /// @inheritdoc IAssetRegistry
    mapping(uint40 asset => bytes32) public metadataDigest;
    /// @inheritdoc IAssetRegistry
    mapping(uint40 release => mapping(address account => bool)) public accountGrant;
    /// @inheritdoc IAssetRegistry
    mapping(uint40 release => mapping(uint40 asset => bool)) public assetGrant;

    /// @param admin Who may admit further currencies: a timelock or a multisig. It can never be replaced.
    /// @param commonsPpm Parts per million of all income for the commons, 1 to 1,000,000.
    /// @param commonsBeneficiary Whose credit they are added to. It can never be replaced.
    /// @param currencies The currencies to begin with, at most 8.
    constructor(
        address admin,
        uint24 commonsPpm,
        address commonsBeneficiary,
        address[] memory currencies
    ) ERC721("Tributary Asset", "TRIB") {
        LEDGER = new FeeLedger(admin, commonsPpm, commonsBeneficiary, currencies);
    }

    // ---------------------------------------------------------------------------------------------------- registering

    /// @inheritdoc IAssetRegistry
    function register(
        address owner,
        AssetDraft calldata asset,
        ReleaseDraft calldata release
    ) external returns (uint40 id) {
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
        // A new asset cannot have been granted anything yet, but its registrant can.
        if (closed != 0) _requireGrants(id, edges, closed);

        _storeMetadata(id, asset.metadata);
        emit AssetRegistered(id, msg.sender, asset.kind, asset.keep, asset.metadata);
        _mint(owner, id);
        _emitPublished(id, id, edges, floor, release);
    }

    /// @inheritdoc IAssetRegistry
    function publish(uint40 asset, ReleaseDraft calldata release) external returns (uint40 id) {
        _requireOwner(asset);

        Edge[] memory edges = toEdges(release.contributions);
        uint24 floor;
        uint256 closed;
        (id, floor, closed) = LEDGER.addRelease(asset, release.floor, release.byGrant, edges);
        if (closed != 0) _requireGrants(asset, edges, closed);

        _emitPublished(id, asset, edges, floor, release);
    }

    function _emitPublished(
        uint40 id,
        uint40 asset,
        Edge[] memory edges,
        uint24 floor,
        ReleaseDraft calldata release
    ) private {
        emit ReleasePublished(id, asset, edges, floor, release.byGrant, release.label, release.digest, release.uri);
    }

    /// @dev Each edge marked in `closed` names a release by grant: its owner needs none, others do.
    function _requireGrants(uint40 asset, Edge[] memory edges, uint256 closed) private view {
        for (uint256 i = 0; i < edges.length; ++i) {
            if ((closed >> i) & 1 == 0) continue;
            uint40 release = edges[i].release();
            if (accountGrant[release][msg.sender] || assetGrant[release][asset]) continue;
            if (ownerOf(LEDGER.releaseInfo(release).asset) != msg.sender) revert GrantRequired(release);
        }
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
    function setMetadata(uint40 asset, bytes calldata metadata) external {
        _requireOwner(asset);
        _storeMetadata(asset, metadata);
        emit MetadataChanged(asset, metadata);
        emit MetadataUpdate(asset);
    }

    function _storeMetadata(uint40 asset, bytes calldata metadata) private {
        if (metadata.length > METADATA_LIMIT) revert MetadataTooLong(metadata.length);
        metadataDigest[asset] = sha256(metadata);
    }

    /// @dev The owner alone: an operator approved for trading must not be able to publish.
    function _requireOwner(uint40 asset) private view {
        if (ownerOf(asset) != msg.sender) revert NotAssetOwner(asset, msg.sender);
    }

    function _requireOwnerOfRelease(uint40 release) private view {
        _requireOwner(LEDGER.releaseInfo(release).asset);
    }

    // --------------------------------------------------------------------------------------------------------- views

    /// @inheritdoc IAssetRegistry
    function ledger() external view returns (address) {
        return address(LEDGER);
    }

    /// @notice The `ipfs://` address of the asset's metadata.
    function tokenURI(uint256 tokenId) public view override returns (string memory) {
        _requireOwned(tokenId);
        // No truncation: only ids that the ledger counted in 40 bits are ever minted.
        return IpfsUri.fromDigest(metadataDigest[uint40(tokenId)]);
    }

    /// @inheritdoc IERC165
    function supportsInterface(bytes4 interfaceId) public view override(ERC721, IERC165) returns (bool) {
        return
            interfaceId == type(IAssetRegistry).interfaceId ||
            interfaceId == bytes4(0x49064906) ||
            super.supportsInterface(interfaceId);
    }
}
