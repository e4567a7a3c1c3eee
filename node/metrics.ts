import type { FastifyInstance } from "fastify";
import { collectDefaultMetrics, Histogram, Registry } from "prom-client";

/** Prometheus metrics of one process: Node's own, its HTTP requests, and those that a subclass registers. */
export class Metrics {
  protected readonly registry = new Registry();
  readonly #requests = new Histogram({
    name: "tributary_http_request_duration_seconds",
    help: "Duration of requests by method, route and status, in seconds",
    labelNames: ["method", "route", "status"],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers: [this.registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  /** Measures a server's requests, and serves all metrics at `GET /metrics`. */
  addTo(server: FastifyInstance): void {
    server.addHook("onResponse", (request, reply, done) => {
      const { method, routeOptions } = request;
      const labels = { method, route: routeOptions.url ?? "none", status: String(reply.statusCode) };
      this.#requests.observe(labels, reply.elapsedTime / 1_000);
      done();
    });
    server.get("/metrics", { schema: { hide: true } }, async (_request, reply) =>
      reply
        .type(this.registry.contentType)
        .serializer((text: unknown) => String(text))
        .send(await this.registry.metrics()),
    );
  }
}
