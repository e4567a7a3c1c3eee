import { type FormEvent, useState } from "react";
import { go, href, useRoute } from "../../router.ts";
import { searchTarget } from "./searchTarget.ts";
import { SettingsMenu } from "./SettingsMenu.tsx";
import { WalletLink } from "./WalletLink.tsx";

const SECTIONS = [
  ["", "Economy"],
  ["assets", "Assets"],
  ["fees", "Fees"],
  ["flow", "Flow"],
  ["accounts", "Accounts"],
] as const;

export function Header() {
  const [first = ""] = useRoute().path;
  const section = first === "releases" ? "assets" : first;
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
            {SECTIONS.map(([path, name]) => (
              <li key={path}>
                <a href={href(`/${path}`)} aria-current={section === path ? "page" : undefined}>
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
    go(searchTarget(text));
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
