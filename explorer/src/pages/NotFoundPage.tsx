import { Page } from "../parts/frame/Page.tsx";
import { href } from "../router.ts";

export function NotFoundPage() {
  return (
    <Page title="Page not found">
      <p>
        Go to the <a href={href("/")}>economy</a>, or search above by name, address or #release.
      </p>
    </Page>
  );
}

/** Page for an address whose checksum is wrong. */
export function MisspeltAddressPage() {
  return (
    <Page title="Address misspelt">
      <p>
        The checksum of this address is wrong: one of its letters or digits is not the right one. Copy the address
        again.
      </p>
    </Page>
  );
}
