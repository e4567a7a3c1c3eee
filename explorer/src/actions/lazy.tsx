import { type ComponentType, lazy, Suspense } from "react";
import { Loading } from "../parts/QueryResult.tsx";

/**
 * Wraps a component that needs the wallet code. Its code is fetched when it is first shown.
 *
 * @param lines Height of what is shown until then. Default: 10.
 */
function lazyComponent<Props extends object>(fetch: () => Promise<ComponentType<Props>>, lines = 10) {
  const Fetched = lazy(async () => ({ default: await fetch() }));
  return function LazyComponent(props: Props) {
    return (
      <Suspense fallback={lines > 0 && <Loading lines={lines} />}>
        <Fetched {...props} />
      </Suspense>
    );
  };
}

export const WalletPage = lazyComponent(async () => (await import("./WalletPage.tsx")).WalletPage);
export const PayPage = lazyComponent(async () => (await import("./pay/PayPage.tsx")).PayPage);
export const SubmitPage = lazyComponent(async () => (await import("./pay/SubmitPage.tsx")).SubmitPage);
export const TestMoneyPage = lazyComponent(async () => (await import("./pay/TestMoneyPage.tsx")).TestMoneyPage);
export const TestMoneyLink = lazyComponent(async () => (await import("./pay/TestMoneyLink.tsx")).TestMoneyLink, 0);
export const Collect = lazyComponent(async () => (await import("./collect/Collect.tsx")).Collect);
export const PassPage = lazyComponent(async () => (await import("./collect/PassPage.tsx")).PassPage);
export const RegisterPage = lazyComponent(async () => (await import("./publish/RegisterPage.tsx")).RegisterPage);
export const PublishPage = lazyComponent(async () => (await import("./publish/PublishPage.tsx")).PublishPage);
export const GrantPage = lazyComponent(async () => (await import("./ownership/GrantPage.tsx")).GrantPage);
export const RetirePage = lazyComponent(async () => (await import("./ownership/RetirePage.tsx")).RetirePage);
export const TransferPage = lazyComponent(async () => (await import("./ownership/TransferPage.tsx")).TransferPage);
export const SyncPage = lazyComponent(async () => (await import("./pay/SyncPage.tsx")).SyncPage);
export const AdmitPage = lazyComponent(async () => (await import("./governing/ProposePages.tsx")).AdmitPage);
export const ProposePage = lazyComponent(async () => (await import("./governing/ProposePages.tsx")).ProposePage);
export const CancelPage = lazyComponent(async () => (await import("./governing/OperationPages.tsx")).CancelPage);
export const ExecutePage = lazyComponent(async () => (await import("./governing/OperationPages.tsx")).ExecutePage);
export const SweepPage = lazyComponent(async () => (await import("./governing/CommonsPages.tsx")).SweepPage);
export const WithdrawCommonsPage = lazyComponent(
  async () => (await import("./governing/CommonsPages.tsx")).WithdrawCommonsPage,
);
