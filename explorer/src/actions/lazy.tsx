import { type ComponentType, lazy, Suspense } from "react";
import { Loading } from "../parts/QueryResult.tsx";

/** Wraps a component that needs the wallet code. Its code is fetched when it is first shown. */
function lazyComponent<Props extends object>(fetch: () => Promise<ComponentType<Props>>) {
  const Fetched = lazy(async () => ({ default: await fetch() }));
  return function LazyComponent(props: Props) {
    return (
      <Suspense fallback={<Loading lines={10} />}>
        <Fetched {...props} />
      </Suspense>
    );
  };
}

export const WalletPage = lazyComponent(async () => (await import("./WalletPage.tsx")).WalletPage);
export const PayPage = lazyComponent(async () => (await import("./pay/PayPage.tsx")).PayPage);
export const Collect = lazyComponent(async () => (await import("./collect/Collect.tsx")).Collect);
export const PassPage = lazyComponent(async () => (await import("./collect/PassPage.tsx")).PassPage);
export const RegisterPage = lazyComponent(async () => (await import("./publish/RegisterPage.tsx")).RegisterPage);
export const PublishPage = lazyComponent(async () => (await import("./publish/PublishPage.tsx")).PublishPage);
export const GrantPage = lazyComponent(async () => (await import("./ownership/GrantPage.tsx")).GrantPage);
export const RetirePage = lazyComponent(async () => (await import("./ownership/RetirePage.tsx")).RetirePage);
export const TransferPage = lazyComponent(async () => (await import("./ownership/TransferPage.tsx")).TransferPage);
export const MetadataPage = lazyComponent(async () => (await import("./ownership/MetadataPage.tsx")).MetadataPage);
export const IdentityPage = lazyComponent(async () => (await import("./ownership/IdentityPage.tsx")).IdentityPage);
export const TransferAssetPage = lazyComponent(
  async () => (await import("./ownership/TransferAssetPage.tsx")).TransferAssetPage,
);
export const DepositPage = lazyComponent(async () => (await import("./credit/DepositPage.tsx")).DepositPage);
export const WithdrawPage = lazyComponent(async () => (await import("./credit/WithdrawPage.tsx")).WithdrawPage);
export const SettlePage = lazyComponent(async () => (await import("./collect/SettlePage.tsx")).SettlePage);
export const SyncPage = lazyComponent(async () => (await import("./pay/SyncPage.tsx")).SyncPage);
export const AdmitPage = lazyComponent(async () => (await import("./governing/ProposePages.tsx")).AdmitPage);
export const ProposePage = lazyComponent(async () => (await import("./governing/ProposePages.tsx")).ProposePage);
export const CancelPage = lazyComponent(async () => (await import("./governing/OperationPages.tsx")).CancelPage);
export const ExecutePage = lazyComponent(async () => (await import("./governing/OperationPages.tsx")).ExecutePage);
export const SweepPage = lazyComponent(async () => (await import("./governing/CommonsPages.tsx")).SweepPage);
export const WithdrawCommonsPage = lazyComponent(
  async () => (await import("./governing/CommonsPages.tsx")).WithdrawCommonsPage,
);
