import { type FormEvent, useState } from "react";
import { go, href, useRoute } from "../../router.ts";
import { SettingsMenu } from "./SettingsMenu.tsx";
import { WalletLink } from "./WalletLink.tsx";

const PLACES = [
  ["", "Economy"],
  ["assets", "Assets"],
  ["fees", "Fees"],
  ["flow", "Flow"],
  ["accounts", "People"],
] as const;

export function Header() {
  const { path } = useRoute();
  const section = path[0] === "releases" ? "assets" : (path[0] ?? "");
  return (
    <header className="site-head">
      <div className="inner">
        <a className="brand" href={href("/")}>
          <svg viewBox="0 0 32 32" aria-hidden="true">
            <path d="M16 29V17M16 17C16 11 8 11 7 4M16 17c0-6 8-6 9-13" />
          </svg>
          Tributary
        </a>
        <nav aria-label="Main">
          <ul>
            {PLACES.map(([place, name]) => (
              <li key={place}>
                <a href={href(`/${place}`)} aria-current={section === place ? "page" : undefined}>
                  {name}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <Search />
        <div className="tools">
          <WalletLink />
          <SettingsMenu />
        </div>
      </div>
    </header>
  );
}

function Search() {
  const [text, setText] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    go(placeOf(text.trim()));
  };
  return (
    <search>
      <form aria-label="Search" onSubmit={submit}>
        <label className="unseen" htmlFor="search">
          Search assets, or go to an address, a release or a fee
        </label>
        <input
          id="search"
          type="search"
          placeholder="Name, address, #release"
          autoComplete="off"
          maxLength={200}
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
      </form>
    </search>
  );
}

/** Where a text that was searched for leads. */
function placeOf(text: string): string {
  if (/^0x[0-9a-f]{40}$/i.test(text)) return href(`/accounts/${text.toLowerCase()}`);
  if (/^#\d{1,15}$/.test(text)) return href(`/releases/${text.slice(1)}`);
  if (/^\d{1,16}-\d{1,9}$/.test(text)) return href(`/fees/${text}`);
  if (/^0x[0-9a-f]{64}$/i.test(text)) return href("/fees", { reference: text.toLowerCase() });
  return href("/assets", { search: text });
}
