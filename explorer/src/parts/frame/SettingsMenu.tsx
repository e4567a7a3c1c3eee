import { changeSettings, type Theme, useSettings } from "../../settings.ts";

const THEMES = [
  ["system", "System"],
  ["light", "Light"],
  ["dark", "Dark"],
] as const;

/** Menu of display settings, which are stored in this browser. */
export function SettingsMenu() {
  const { theme, exact } = useSettings();
  return (
    // The handlers only close the menu, as its summary does.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <details className="menu" onKeyDown={closeOnEscape} onBlur={closeWhenLeft}>
      <summary>Display</summary>
      <div className="panel">
        <fieldset>
          <legend>Colours</legend>
          {THEMES.map(([value, name]) => (
            <label key={value}>
              <input
                type="radio"
                name="theme"
                checked={theme === value}
                onChange={() => changeSettings({ theme: value as Theme })}
              />
              {name}
            </label>
          ))}
        </fieldset>
        <fieldset>
          <legend>Amounts</legend>
          <label>
            <input
              type="checkbox"
              checked={exact}
              onChange={({ target }) => changeSettings({ exact: target.checked })}
            />
            Show base units
          </label>
        </fieldset>
      </div>
    </details>
  );
}

function closeOnEscape(event: React.KeyboardEvent<HTMLDetailsElement>): void {
  if (event.key !== "Escape" || !event.currentTarget.open) return;
  event.currentTarget.open = false;
  event.currentTarget.querySelector("summary")?.focus();
}

function closeWhenLeft(event: React.FocusEvent<HTMLDetailsElement>): void {
  if (event.relatedTarget && !event.currentTarget.contains(event.relatedTarget)) event.currentTarget.open = false;
}
