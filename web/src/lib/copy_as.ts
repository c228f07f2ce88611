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

export interface Rows {
  /** Of the server, as in http://127.0.0.1:8080. */
  origin: string;
  /** What stands behind /api/v1/. */
  resource: string;
  /** The subcommand that lists the same, with its arguments; null where no single command does. */
  command: string | null;
  /** The filters, which are options of the command too. */
  query: URLSearchParams;
  /** Further parameters of the API alone. */
  extra?: Record<string, string>;
  /** Whether there are rows, as CSV; else the one JSON document. */
  table: boolean;
}

/** How to get the same rows by other means. */
export function recipes({ origin, resource, command, query, extra = {}, table }: Rows): Recipe[] {
  const filters = filtersOf(query);
  const parameters = new URLSearchParams([...filters, ...Object.entries(extra)]);
  const options = [...filters].map(([name, value]) => `--${name} ${shellWord(value)}`);
  const url = (format: string): string => origin + address(`/api/v1/${resource}.${format}`, parameters);
  const [csv, json] = [stringLiteral(url('csv')), stringLiteral(url('json'))];
  return [
    ...(command === null ? [] : [{ name: 'command', text: ['casus', command, '--db crisis.db', ...options].join(' ') }]),
    { name: 'curl', text: `curl -s ${shellWord(url('json'))}` },
    {
      name: 'R',
      text: table ? `rows <- read.csv(${csv}, na.strings = "")` : `document <- jsonlite::fromJSON(${json}, simplifyVector = FALSE)`,
    },
    {
      name: 'Python',
      text: table
        ? `import pandas\nrows = pandas.read_csv(${csv}, keep_default_na=False, na_values=[""])`
        : `import json, urllib.request\ndocument = json.load(urllib.request.urlopen(${json}))`,
    },
  ];
}
