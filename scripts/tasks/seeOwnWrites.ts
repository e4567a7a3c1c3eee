import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import { PricedSending, type PricedSendingParameters } from "#client/transactions/pricedSending.ts";
import { ReadYourWrites, type Send } from "#client/transactions/readYourWrites.ts";

/** An error that an endpoint returned, as JSON-RPC has it. */
class EndpointRefusal extends Error {
  readonly error: { code: number; message: string; data?: unknown };
  readonly code: number;
  readonly data: unknown;
  constructor(error: { code: number; message: string; data?: unknown }) {
    super(error.message);
    this.error = error;
    this.code = error.code;
    this.data = error.data;
  }
}

/**
 * Makes every connection of this process to a node see its own writes, behind a balancer with endpoints that are behind.
 * Everything that Hardhat, Ignition and the commands request goes through it.
 *
 * @param pricing Gives each transaction its price, whatever the library that sends it suggests. Default: the sender does.
 */
export function seeOwnWrites(hre: Pick<HardhatRuntimeEnvironment, "hooks">, pricing?: PricedSendingParameters): void {
  const sessions = new WeakMap<object, ReadYourWrites>();
  const prices = new WeakMap<object, PricedSending>();
  hre.hooks.registerHandlers("network", {
    onRequest: async (context, connection, request, next) => {
      if (connection.networkConfig.type !== "http") return next(context, connection, request);
      const session = sessions.get(connection) ?? new ReadYourWrites();
      sessions.set(connection, session);
      const priced = prices.get(connection) ?? (pricing && new PricedSending(pricing));
      if (priced) prices.set(connection, priced);
      const send: Send = async (method, params) => {
        const response = await next(context, connection, { ...request, method, params: [...params] });
        if ("error" in response) throw new EndpointRefusal(response.error);
        return response.result;
      };
      const { id, method, params } = request;
      try {
        const given = Array.isArray(params) ? params : [];
        const ownWrites: Send = (each, values) => session.request(send, each, values);
        const result = await (priced ? priced.request(ownWrites, method, given) : ownWrites(method, given));
        return { jsonrpc: "2.0", id, result };
      } catch (error) {
        if (error instanceof EndpointRefusal) return { jsonrpc: "2.0", id, error: error.error };
        throw error;
      }
    },
  });
}
