// Keys that work on every view: / to search, g and a letter to go to a view, j and k through lists, o and e to open.
import { here, go } from './router.svelte.ts';
import { VIEW_KEYS } from './view_keys.ts';

let leading = false;

function typing(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return true;
  const target = event.target;
  return target instanceof HTMLElement && (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName));
}

/** Moves to the next (1) or previous (-1) element marked as a row of a list. */
function step(by: number): void {
  const rows = [...document.querySelectorAll<HTMLElement>('[data-row]')];
  if (rows.length === 0) return;
  const at = rows.findIndex((row) => row.contains(document.activeElement));
  const next = rows[at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + by))]!;
  next.focus();
  next.scrollIntoView({ block: 'nearest' });
}

function open(selector: string): void {
  const row = document.activeElement?.closest('[data-row]');
  row?.querySelector<HTMLElement>(selector)?.click();
}

function key(event: KeyboardEvent): void {
  if (typing(event) || event.defaultPrevented) return;
  const pressedKey = event.key;
  if (leading) {
    leading = false;
    const path = VIEW_KEYS[pressedKey];
    if (path && path !== here.path) go(path);
    return;
  }
  if (pressedKey === 'g') leading = true;
  else if (pressedKey === '/') document.getElementById('search')?.focus();
  else if (pressedKey === 'j') step(1);
  else if (pressedKey === 'k') step(-1);
  else if (pressedKey === 'o') open('a');
  else if (pressedKey === 'e') open('a[data-evidence]');
  else return;
  event.preventDefault();
}

export const pressed = { typing, key };
