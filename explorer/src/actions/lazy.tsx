import { lazyComponent } from "./lazyComponent.tsx";

export const ActionRoutes = lazyComponent(async () => (await import("./ActionRoutes.tsx")).ActionRoutes);
export const Collect = lazyComponent(async () => (await import("./collect/Collect.tsx")).Collect);
