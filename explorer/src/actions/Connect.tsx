import { type Connector, useConnect, useConnectors, useSwitchChain } from "wagmi";
import { plainText } from "../format/plainText.ts";
import type { OnChain } from "../wallet/onChain.ts";
import { networkOf } from "../wallet/network.ts";
import { errorMessage } from "../wallet/errorMessage.ts";

/** Choice among the wallets that announced themselves (EIP-6963). */
export function Connect({ on }: { on: OnChain }) {
  const { config } = on;
  const connectors = useConnectors({ config });
  const { mutate: connect, isPending, error, variables } = useConnect({ config });
  const pendingConnector = isPending ? (variables?.connector as Connector | undefined) : undefined;
  if (connectors.length === 0) {
    return (
      <div className="note">
        <p>
          <strong>No wallet was found in this browser.</strong> A wallet is an extension or an app that keeps your keys
          and signs for you. Install one, or open this page in the browser of your wallet app. Then reload the page.
        </p>
        <button type="button" onClick={() => location.reload()}>
          Reload the page
        </button>
      </div>
    );
  }
  return (
    <div className="wallets">
      <p>Connect the wallet that signs for you. This page sees the account that you choose, never its key.</p>
      <ul>
        {connectors.map((connector) => (
          <li key={connector.uid}>
            <button type="button" disabled={isPending} onClick={() => connect({ connector })}>
              {connector.icon?.startsWith("data:image/") && <img src={connector.icon} alt="" width="20" height="20" />}
              <bdi>{plainText(connector.name, 40) || "Unnamed wallet"}</bdi>
            </button>
          </li>
        ))}
      </ul>
      <p role="status">
        {pendingConnector
          ? `Open ${plainText(pendingConnector.name, 40)}, unlock it if needed, and approve the connection.`
          : ""}
      </p>
      {error && (
        <p className="note warn" role="alert">
          {errorMessage(error)} Nothing is connected.
        </p>
      )}
    </div>
  );
}

/** Notice that the wallet is on another network, with a button that switches it. */
export function Switch({ on, chainId }: { on: OnChain; chainId: number | undefined }) {
  const { mutate: switchChain, isPending, error } = useSwitchChain({ config: on.config });
  const { title } = on.network;
  const now = chainId === undefined ? "another network" : networkOf(chainId).title;
  return (
    <div className="note warn">
      <p>
        <strong>Your wallet is on {now}.</strong> This ledger is on {title}. Switch the network to sign.
      </p>
      <button type="button" disabled={isPending} onClick={() => switchChain({ chainId: on.deployment.chainId })}>
        {isPending ? "Approve in your wallet…" : `Switch to ${title}`}
      </button>
      {error && (
        <p role="alert">
          {errorMessage(error)}
          {on.rpc === undefined &&
            ` If the wallet does not have ${title} (chain id ${on.deployment.chainId}), add the network in the wallet. This page cannot add it for you.`}
        </p>
      )}
    </div>
  );
}
