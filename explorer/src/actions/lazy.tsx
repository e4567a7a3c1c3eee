import { lazyComponent } from "./lazyComponent.tsx";

export const ActionRoutes = lazyComponent(async () => (await import("./ActionRoutes.tsx")).ActionRoutes);
export const Collect = lazyComponent(async () => (await import("./collect/Collect.tsx")).Collect);
export const TestMoneyLink = lazyComponent(async () => (await import("./pay/TestMoneyLink.tsx")).TestMoneyLink, 0);
