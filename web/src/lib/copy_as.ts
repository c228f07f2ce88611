// "Copy as": the same rows from a shell, R or Python.
import { address, filtersOf } from './filters.ts';

export interface Recipe {
  name: string;
  text: string;
}

/** A word for a POSIX shell, quoted only where needed. */
export function shellWord(word: string): string {
  return /^[\w./:,=-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** A string literal that R and Python read alike. */
export function stringLiteral(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;
}

/**
 * The recipes for the rows of `/api/v1/<resource>` under the filters of `query`.
 * `command` is the subcommand that lists them, `extra` further parameters of the same name in both.
 */
export function recipes(origin: string, resource: string, command: string, query: URLSearchParams, extra: Record<string, string> = {}): Recipe[] {
  const parameters = filtersOf(query);
  for (const [name, value] of Object.entries(extra)) parameters.set(name, value);
  const options = [...parameters].map(([name, value]) => `--${name} ${shellWord(value)}`);
  const csv = origin + address(`/api/v1/${resource}.csv`, parameters);
  return [
    { name: 'command', text: ['casus', command, '--db', 'crisis.db', ...options].join(' ') },
    { name: 'curl', text: `curl -s ${shellWord(origin + address(`/api/v1/${resource}.json`, parameters))}` },
    { name: 'R', text: `rows <- read.csv(${stringLiteral(csv)}, na.strings = "")` },
    { name: 'Python', text: `import pandas\nrows = pandas.read_csv(${stringLiteral(csv)}, keep_default_na=False, na_values=[""])` },
  ];
}
