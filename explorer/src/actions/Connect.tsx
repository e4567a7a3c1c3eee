import { type Connector, useConnect, useConnectors, useSwitchChain } from "wagmi";
import { plainText } from "../format/plainText.ts";
import type { OnChain } from "../wallet/onChain.ts";
import { networkOf } from "../wallet/network.ts";
import { errorMessage } from "../wallet/errorMessage.ts";

/** The wallets that announced themselves (EIP-6963), to choose from. */
export function Connect({ on }: { on: OnChain }) {
  const { config } = on;
  const connectors = useConnectors({ config });
  const { mutate: connect, isPending, error, variables } = useConnect({ config });
  const asked = isPending ? (variables?.connector as Connector | undefined) : undefined;
  if (connectors.length === 0) {
    return (
      <div className="note">
        <p>
          <strong>No wallet was found in this browser.</strong> A wallet is an extension or app that keeps your keys and
          signs for you. Install one, or open this page in its own browser, then load the page again.
        </p>
        <button type="button" onClick={() => location.reload()}>
          Load the page again
        </button>
      </div>
    );
  }
  return (
    <div className="wallets">
      <p>Connect the wallet that is to sign. The page sees the account that you choose there, and never its key.</p>
      <ul>
        {connectors.map((connector) => (
          <li key={connector.uid}>
            <button type="button" disabled={isPending} onClick={() => connect({ connector })}>
              {connector.icon?.startsWith("data:image/") && <img src={connector.icon} alt="" width="20" height="20" />}
              <bdi>{plainText(connector.name, 40) || "A wallet"}</bdi>
            </button>
          </li>
        ))}
      </ul>
      <p role="status">{asked ? `Open ${plainText(asked.name, 40)}, unlock it if need be, and agree there.` : ""}</p>
      {error && (
        <p className="note warn" role="alert">
          {errorMessage(error)} Nothing is connected.
        </p>
      )}
    </div>
  );
}

/** The wallet is on another network. */
export function Switch({ on, chainId }: { on: OnChain; chainId: number | undefined }) {
  const { mutate: switchChain, isPending, error } = useSwitchChain({ config: on.config });
  const { title } = on.network;
  const now = chainId === undefined ? "another network" : networkOf(chainId).title;
  return (
    <div className="note warn">
      <p>
        <strong>Your wallet is on {now}.</strong> This is recorded on {title}: nothing can be signed until it is
        switched.
      </p>
      <button type="button" disabled={isPending} onClick={() => switchChain({ chainId: on.deployment.chainId })}>
        {isPending ? "Agree in your wallet…" : `Switch to ${title}`}
      </button>
      {error && (
        <p role="alert">
          {errorMessage(error)}
          {on.rpc === undefined &&
            ` If the wallet does not know ${title} (chain id ${on.deployment.chainId}), add it there: this page knows no address for it.`}
        </p>
      )}
    </div>
  );
}
