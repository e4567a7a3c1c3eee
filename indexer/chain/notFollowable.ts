import { EndpointError } from "#node/rpc/endpointError.ts";

/**
 * A reply that breaks a rule which indexing depends on, such as the unique order of a block's logs. If it persists, the
 * chain cannot be followed.
 */
export class NotFollowable extends EndpointError {
  override name = "NotFollowable";

  constructor(why: string) {
    super("wrong", why);
  }
}
