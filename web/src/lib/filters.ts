// The filters of a view are the query of its address, with the names of the commands' options, so that an address can be shared, and
// its query pasted into a command.

export const FILTERS = [
  'actor',
  'dyad',
  'type',
  'status',
  'outlet',
  'place',
  'since',
  'until',
  'published-since',
  'published-until',
  'as-of',
  'min-confidence',
] as const;
export type FilterName = (typeof FILTERS)[number];

/** Filters of which several values hold at once: written as one list with commas, but for actors, which are repeated. */
const LISTS: readonly string[] = ['type', 'status', 'outlet'];

export function values(query: URLSearchParams, name: string): string[] {
  if (name === 'actor') return query.getAll('actor').filter((value) => value !== '');
  const value = query.get(name) ?? '';
  if (value === '') return [];
  return LISTS.includes(name) ? value.split(',').filter((item) => item !== '') : [value];
}

/** A copy of `query` in which `name` has these values. */
export function withValues(query: URLSearchParams, name: string, list: string[]): URLSearchParams {
  const result = new URLSearchParams(query);
  result.delete(name);
  if (name === 'actor') for (const item of list) result.append(name, item);
  else if (list.length > 0) result.set(name, list.join(','));
  return result;
}

export function toggled(query: URLSearchParams, name: string, value: string): URLSearchParams {
  const before = values(query, name);
  return withValues(query, name, before.includes(value) ? before.filter((item) => item !== value) : [...before, value]);
}

/** Only the filters of `query` that `names` lists, for a request. */
export function filtersOf(query: URLSearchParams, names: readonly string[] = FILTERS): URLSearchParams {
  const result = new URLSearchParams();
  for (const [name, value] of query) if (names.includes(name) && value !== '') result.append(name, value);
  return result;
}

/** What is filtered, in words: "actor RUS, type ASSAULT". */
export function filterWords(query: URLSearchParams): string {
  return [...filtersOf(query)].map(([name, value]) => `${name} ${value}`).join(', ');
}

/** The two sides of a dyad filter: "RUS,UKR" or "RUS>UKR". */
export function dyadSides(text: string): [string, string] | null {
  const sides = text.split(/[,>]/).map((side) => side.trim());
  return sides.length === 2 && sides[0] && sides[1] ? [sides[0], sides[1]] : null;
}

/** An address with a query that reads well: commas, colons and slashes stay as they are. */
export function address(path: string, query: URLSearchParams): string {
  const text = query.toString().replace(/%2C/g, ',').replace(/%3A/g, ':').replace(/%2F/g, '/').replace(/%3E/g, '>');
  return text === '' ? path : `${path}?${text}`;
}
