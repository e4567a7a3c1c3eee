import { lazy, Suspense } from "react";
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
import { JobNotices } from "./parts/frame/WalletLink.tsx";
import { ActionRoutes } from "./actions/lazy.tsx";
import { pageAt, type PageRoute, useRoute } from "./router.ts";

const FlowPage = lazy(async () => ({ default: (await import("./pages/FlowPage.tsx")).FlowPage }));
const GovernancePage = lazy(async () => ({
  default: (await import("./pages/GovernancePage.tsx")).GovernancePage,
}));
const LineagePage = lazy(async () => ({ default: (await import("./pages/LineagePage.tsx")).LineagePage }));

/** The pages that only read. All others need the code of the actions. */
const routes: readonly PageRoute[] = [
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
];

export function App() {
  const { path } = useRoute();
  const { MatchingPage, param } = pageAt(routes, path) ?? { MatchingPage: ActionRoutes, param: "" };
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
