import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { ApiProblem, connect } from "./api/client.ts";
import { listen } from "./api/live.ts";
import { App } from "./App.tsx";
import { readPlace } from "./config.ts";
import { Failure } from "./parts/QueryResult.tsx";
import { applyTheme } from "./settings.ts";

/** Status of the API while it has no block yet or is overloaded. */
const BUSY = 503;

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      // A new block invalidates all answers (api/live.ts).
      staleTime: 60_000,
      gcTime: 300_000,
      retry: (failures, error) => failures < 3 && !(error instanceof ApiProblem && error.status !== BUSY),
    },
  },
});

applyTheme();
const root = createRoot(document.querySelector("#root") ?? document.body);
try {
  const { api } = await readPlace();
  connect(api);
  listen(queries);
  root.render(
    <StrictMode>
      <QueryClientProvider client={queries}>
        <App />
      </QueryClientProvider>
    </StrictMode>,
  );
} catch (error) {
  root.render(
    <Failure error={error instanceof Error ? error : new Error(String(error))} retry={() => location.reload()} />,
  );
}
