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
import { PeoplePage } from "./pages/PeoplePage.tsx";
import { AccountPage } from "./pages/AccountPage.tsx";
import { EconomyPage } from "./pages/EconomyPage.tsx";
import { NothingPage } from "./pages/NothingPage.tsx";
import { UnderWay } from "./parts/frame/WalletLink.tsx";
import {
  GrantPage,
  PayPage,
  PublishPage,
  RegisterPage,
  RetirePage,
  SyncPage,
  TransferPage,
  WalletPage,
} from "./actions/lazy.tsx";
import { useRoute } from "./router.ts";

/** A page is given what stands at `:` in its path. */
type RoutePage = ComponentType<{ param: string }>;

const FlowPage = lazy(async () => ({ default: (await import("./pages/FlowPage.tsx")).FlowPage }));
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
  ["accounts", PeoplePage],
  ["accounts/:", AccountPage],
  ["wallet", WalletPage],
  ["pay/:", PayPage],
  ["sync/:", SyncPage],
  ["register", RegisterPage],
  ["publish/:", PublishPage],
  ["grant/:", GrantPage],
  ["retire/:", RetirePage],
  ["transfer/:", TransferPage],
];

function pageAt(path: readonly string[]): { Found: RoutePage; param: string } {
  for (const [pattern, Found] of routes) {
    const parts = pattern === "" ? [] : pattern.split("/");
    const fits = parts.length === path.length && parts.every((part, i) => part === ":" || part === path[i]);
    if (fits) return { Found, param: path[parts.indexOf(":")] ?? "" };
  }
  return { Found: NothingPage, param: "" };
}

export function App() {
  const { path } = useRoute();
  const { Found, param } = pageAt(path);
  return (
    <>
      <a className="skip" href="#main" onClick={skipTo}>
        Skip to content
      </a>
      <Header />
      <main id="main" tabIndex={-1}>
        <UnderWay />
        <ErrorBoundary key={path.join("/")}>
          <Suspense fallback={<Loading lines={16} />}>
            <Found param={param} />
          </Suspense>
        </ErrorBoundary>
      </main>
      <Footer />
    </>
  );
}

/** The address holds the page that is shown, so a link must not change it. */
function skipTo(event: { preventDefault: () => void }): void {
  event.preventDefault();
  document.querySelector<HTMLElement>("#main")?.focus();
}
