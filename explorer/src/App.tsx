import { type ComponentType, lazy, Suspense } from "react";
import { Loading } from "./parts/QueryResult.tsx";
import { ErrorBoundary } from "./parts/frame/ErrorBoundary.tsx";
import { Footer } from "./parts/frame/Footer.tsx";
import { Header } from "./parts/frame/Header.tsx";
import { AssetsPage } from "./pages/AssetsPage.tsx";
import { AssetPage } from "./pages/AssetPage.tsx";
import { ReleasesPage } from "./pages/ReleasesPage.tsx";
import { ReleasePage } from "./pages/ReleasePage.tsx";
import { FeesPage } from "./pages/FeesPage.tsx";
import { FeePage } from "./pages/FeePage.tsx";
import { AccountPage } from "./pages/AccountPage.tsx";
import { AccountsPage } from "./pages/AccountsPage.tsx";
import { EconomyPage } from "./pages/EconomyPage.tsx";
import { NotFoundPage } from "./pages/NotFoundPage.tsx";
import { JobNotices } from "./parts/frame/WalletLink.tsx";
import {
  AdmitPage,
  CancelPage,
  ExecutePage,
  GrantPage,
  PassPage,
  PayPage,
  ProposePage,
  PublishPage,
  RegisterPage,
  RetirePage,
  SubmitPage,
  SweepPage,
  SyncPage,
  TestMoneyPage,
  TransferPage,
  WalletPage,
  WithdrawCommonsPage,
} from "./actions/lazy.tsx";
import { matchPath, useRoute } from "./router.ts";

/** A page, which gets the part of the path at `:` as its parameter. */
type RoutePage = ComponentType<{ param: string }>;

const FlowPage = lazy(async () => ({ default: (await import("./pages/FlowPage.tsx")).FlowPage }));
const GovernancePage = lazy(async () => ({
  default: (await import("./pages/GovernancePage.tsx")).GovernancePage,
}));
const LineagePage = lazy(async () => ({ default: (await import("./pages/LineagePage.tsx")).LineagePage }));

const routes: readonly [path: string, page: RoutePage][] = [
  ["", EconomyPage],
  ["assets", AssetsPage],
  ["assets/:", AssetPage],
  ["releases", ReleasesPage],
  ["releases/:", ReleasePage],
  ["releases/:/lineage", LineagePage],
  ["fees", FeesPage],
  ["fees/:", FeePage],
  ["flow", FlowPage],
  ["accounts", AccountsPage],
  ["accounts/:", AccountPage],
  ["governance", GovernancePage],
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
];

function pageAt(path: readonly string[]): { MatchingPage: RoutePage; param: string } {
  for (const [pattern, MatchingPage] of routes) {
    const param = matchPath(pattern, path);
    if (param !== undefined) return { MatchingPage, param };
  }
  return { MatchingPage: NotFoundPage, param: "" };
}

export function App() {
  const { path } = useRoute();
  const { MatchingPage, param } = pageAt(path);
  return (
    <>
      <a className="skip" href="#main" onClick={skipTo}>
        Skip to content
      </a>
      <Header />
      <main id="main" tabIndex={-1}>
        <JobNotices />
        <ErrorBoundary key={path.join("/")}>
          <Suspense fallback={<Loading lines={16} />}>
            <MatchingPage param={param} />
          </Suspense>
        </ErrorBoundary>
      </main>
      <Footer />
    </>
  );
}

/** Moves the focus to the content. A plain link would change the address, which contains the current page. */
function skipTo(event: { preventDefault: () => void }): void {
  event.preventDefault();
  document.querySelector<HTMLElement>("#main")?.focus();
}
