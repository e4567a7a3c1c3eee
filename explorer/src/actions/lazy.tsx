import { type ComponentType, lazy, Suspense } from "react";
import { Loading } from "../parts/QueryResult.tsx";

/** Wraps a component that needs a wallet's code, which is fetched when it is first shown. */
function later<Props extends object>(fetch: () => Promise<ComponentType<Props>>) {
  const Fetched = lazy(async () => ({ default: await fetch() }));
  return function Later(props: Props) {
    return (
      <Suspense fallback={<Loading lines={10} />}>
        <Fetched {...props} />
      </Suspense>
    );
  };
}

export const WalletPage = later(async () => (await import("./WalletPage.tsx")).WalletPage);
export const PayPage = later(async () => (await import("./pay/PayPage.tsx")).PayPage);
export const Collect = later(async () => (await import("./collect/Collect.tsx")).Collect);
export const RegisterPage = later(async () => (await import("./publish/RegisterPage.tsx")).RegisterPage);
export const PublishPage = later(async () => (await import("./publish/PublishPage.tsx")).PublishPage);
export const GrantPage = later(async () => (await import("./ownership/GrantPage.tsx")).GrantPage);
export const RetirePage = later(async () => (await import("./ownership/RetirePage.tsx")).RetirePage);
export const TransferPage = later(async () => (await import("./ownership/TransferPage.tsx")).TransferPage);
export const SyncPage = later(async () => (await import("./pay/SyncPage.tsx")).SyncPage);
