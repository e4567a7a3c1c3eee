import { Page } from "../parts/frame/Page.tsx";
import { href } from "../router.ts";

export function NotFoundPage() {
  return (
    <Page title="There is no such page">
      <p>
        <a href={href("/")}>To the economy</a>, or search by name, address or number above.
      </p>
    </Page>
  );
}
