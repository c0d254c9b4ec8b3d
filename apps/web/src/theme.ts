export type Theme = 'light' | 'dark' | 'system';

const KEY = 'salotto.theme';
const GROUND = { light: '#f8f3eb', dark: '#17120e' };
const system = () => matchMedia('(prefers-color-scheme: dark)');

/** What the person chose on this device; `system` until then. */
export function chosenTheme(): Theme {
  const stored = readStored(KEY);
  return stored === 'light' || stored === 'dark' ? stored : 'system';
}

export function chooseTheme(theme: Theme): void {
  writeStored(KEY, theme === 'system' ? null : theme);
  apply();
}

/** Follows the system's theme from now on, as long as nothing is chosen. `public/theme.js` has set the first one. */
export function followSystemTheme(): void {
  system().addEventListener('change', apply);
}

function apply(): void {
  const chosen = chosenTheme();
  const theme = chosen === 'system' ? (system().matches ? 'dark' : 'light') : chosen;
  document.documentElement.dataset.theme = theme;
  document.querySelector('meta[name="theme-color"]')?.setAttribute('content', GROUND[theme]);
}

/** Storage can be switched off in a browser; then choices last as long as the page. */
export function readStored(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

export function writeStored(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // Nothing to do: the choice is simply not kept.
  }
}
