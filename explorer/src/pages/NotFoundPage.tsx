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
