// Where the page is: the path and the query of the address, which is the whole state of a view.
import { address } from './filters.ts';

class Here {
  path = $state(location.pathname);
  query = $state.raw(new URLSearchParams(location.search));

  read(): void {
    this.path = location.pathname;
    this.query = new URLSearchParams(location.search);
  }
}

export const here = new Here();

/** Goes to an address of this page. With `replace` the step back leads to where one was before, as for what a slider passes through. */
export function go(path: string, query: URLSearchParams = new URLSearchParams(), options: { replace?: boolean } = {}): void {
  const target = address(path, query);
  if (options.replace) history.replaceState(null, '', target);
  else history.pushState(null, '', target);
  here.read();
}

/** Changes the query of the view that is shown. */
export function setQuery(query: URLSearchParams, options: { replace?: boolean } = {}): void {
  go(here.path, query, options);
}

/** Sets or (with '') takes away parameters of the view that is shown. */
export function setParameters(changes: Record<string, string>, options: { replace?: boolean } = {}): void {
  const query = new URLSearchParams(here.query);
  for (const [name, value] of Object.entries(changes)) {
    if (value === '') query.delete(name);
    else query.set(name, value);
  }
  setQuery(query, options);
}

function internal(event: MouseEvent): HTMLAnchorElement | null {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return null;
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  if (!link || link.target !== '' || link.hasAttribute('download') || link.origin !== location.origin) return null;
  return link.pathname.startsWith('/api/') ? null : link;
}

/** Follows links of the page without loading it anew. Call once. */
export function startRouter(): void {
  addEventListener('popstate', () => here.read());
  document.addEventListener('click', (event) => {
    const link = internal(event);
    if (!link || link.getAttribute('href')?.startsWith('#')) return;
    event.preventDefault();
    go(link.pathname, new URLSearchParams(link.search));
    scrollTo(0, 0);
  });
}
