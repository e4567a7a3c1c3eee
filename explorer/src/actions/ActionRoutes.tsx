import { NotFoundPage } from "../pages/NotFoundPage.tsx";
import { pageAt, type PageRoute, useRoute } from "../router.ts";
import { lazyComponent } from "./lazyComponent.tsx";

const WalletPage = lazyComponent(async () => (await import("./WalletPage.tsx")).WalletPage);
const PayPage = lazyComponent(async () => (await import("./pay/PayPage.tsx")).PayPage);
const SubmitPage = lazyComponent(async () => (await import("./pay/SubmitPage.tsx")).SubmitPage);
const TestMoneyPage = lazyComponent(async () => (await import("./pay/TestMoneyPage.tsx")).TestMoneyPage);
const PassPage = lazyComponent(async () => (await import("./collect/PassPage.tsx")).PassPage);
const RegisterPage = lazyComponent(async () => (await import("./publish/RegisterPage.tsx")).RegisterPage);
const PublishPage = lazyComponent(async () => (await import("./publish/PublishPage.tsx")).PublishPage);
const GrantPage = lazyComponent(async () => (await import("./ownership/GrantPage.tsx")).GrantPage);
const RetirePage = lazyComponent(async () => (await import("./ownership/RetirePage.tsx")).RetirePage);
const TransferPage = lazyComponent(async () => (await import("./ownership/TransferPage.tsx")).TransferPage);
const MetadataPage = lazyComponent(async () => (await import("./ownership/MetadataPage.tsx")).MetadataPage);
const IdentityPage = lazyComponent(async () => (await import("./ownership/IdentityPage.tsx")).IdentityPage);
const TransferAssetPage = lazyComponent(
  async () => (await import("./ownership/TransferAssetPage.tsx")).TransferAssetPage,
);
const DepositPage = lazyComponent(async () => (await import("./credit/DepositPage.tsx")).DepositPage);
const WithdrawPage = lazyComponent(async () => (await import("./credit/WithdrawPage.tsx")).WithdrawPage);
const SettlePage = lazyComponent(async () => (await import("./collect/SettlePage.tsx")).SettlePage);
const SyncPage = lazyComponent(async () => (await import("./pay/SyncPage.tsx")).SyncPage);
const AdmitPage = lazyComponent(async () => (await import("./governing/ProposePages.tsx")).AdmitPage);
const ProposePage = lazyComponent(async () => (await import("./governing/ProposePages.tsx")).ProposePage);
const CancelPage = lazyComponent(async () => (await import("./governing/OperationPages.tsx")).CancelPage);
const ExecutePage = lazyComponent(async () => (await import("./governing/OperationPages.tsx")).ExecutePage);
const SweepPage = lazyComponent(async () => (await import("./governing/CommonsPages.tsx")).SweepPage);
const WithdrawCommonsPage = lazyComponent(
  async () => (await import("./governing/CommonsPages.tsx")).WithdrawCommonsPage,
);

const routes: readonly PageRoute[] = [
  ["govern/admit", AdmitPage],
  ["govern/propose", ProposePage],
  ["govern/execute/:", ExecutePage],
  ["govern/cancel/:", CancelPage],
  ["govern/sweep", SweepPage],
  ["govern/withdraw", WithdrawCommonsPage],
  ["wallet", WalletPage],
  ["pay/:", PayPage],
  ["submit", SubmitPage],
  ["test-money/:", TestMoneyPage],
  ["sync/:", SyncPage],
  ["pass/:", PassPage],
  ["register", RegisterPage],
  ["publish/:", PublishPage],
  ["grant/:", GrantPage],
  ["retire/:", RetirePage],
  ["transfer/:", TransferPage],
  ["transfer-asset/:", TransferAssetPage],
  ["metadata/:", MetadataPage],
  ["identity/:", IdentityPage],
  ["deposit", DepositPage],
  ["withdraw", WithdrawPage],
  ["settle", SettlePage],
  ["settle/:", SettlePage],
];

/** The pages that need a wallet. They are listed apart from those that every reader loads. */
export function ActionRoutes() {
  const { path } = useRoute();
  const { MatchingPage, param } = pageAt(routes, path) ?? { MatchingPage: NotFoundPage, param: "" };
  return <MatchingPage param={param} />;
}
