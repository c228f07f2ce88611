// Light, dark, or as the system has it.

export type Theme = 'system' | 'light' | 'dark';
const KEY = 'casus-theme';

class Appearance {
  theme = $state<Theme>('system');

  set(theme: Theme): void {
    this.theme = theme;
    if (theme === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
    remember(KEY, theme);
  }
}

export const appearance = new Appearance();

/** Keeps a word in the browser; where that is forbidden it is only kept while the page is open. */
export function remember(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // The browser keeps nothing for this page.
  }
}

export function remembered(key: string): string {
  try {
    return localStorage.getItem(key) ?? '';
  } catch {
    return '';
  }
}

export function startTheme(): void {
  const theme = remembered(KEY);
  if (theme === 'light' || theme === 'dark') appearance.set(theme);
}
