import { EndpointError } from "#node/rpc/endpointError.ts";

/** A reply without some of the logs that the chain has. A smaller range, or another endpoint, may have all of them. */
export class IncompleteReply extends EndpointError {
  override name = "IncompleteReply";

  constructor(why: string) {
    super("wrong", why);
  }
}
