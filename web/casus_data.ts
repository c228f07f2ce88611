// The knowledge that the page shares with the program (countries, types, sectors) is read from the tables under data/ when the page is
// built, so that no list stands in two places.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Plugin } from 'vite';

const MODULE = 'virtual:casus-data';

/** Rows of a table of data/: lines that begin with # are comments, the first other line has the names of the columns. */
export function readTable(text: string): Record<string, string>[] {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  const names = (lines.shift() ?? '').split('\t');
  return lines.map((line) => {
    const cells = line.split('\t');
    return Object.fromEntries(names.map((name, column) => [name, cells[column] ?? '']));
  });
}

function pick<T>(rows: Record<string, string>[], key: string, value: (row: Record<string, string>) => T): Record<string, T> {
  return Object.fromEntries(rows.map((row) => [row[key] ?? '', value(row)]));
}

/** A country: name, ISO 3166-1 number as in the world map ('' for former states), middle as latitude and longitude, where known. */
function countries(read: (file: string) => Record<string, string>[]) {
  const centres = pick(read('world/centres.tsv'), 'iso3', (row) => [Number(row.lat), Number(row.lon)]);
  return pick(read('world/countries.tsv'), 'iso3', (row) => [row.name, row.numeric, ...(centres[row.iso3 ?? ''] ?? [])]);
}

/**
 * The folder data/ of the repository: `given` (CASUS_WEB_DATA), else the nearest one above `start`, since the build works on a copy of
 * web/ below its own folder.
 */
export function dataFolder(given: string | undefined, start: string): string {
  const isData = (folder: string): boolean => existsSync(join(folder, 'ontology', 'types.tsv'));
  if (given) {
    if (isData(given)) return given;
    throw new Error(`CASUS_WEB_DATA=${given}: there is no ontology/types.tsv in it; it must name the folder data/ of the repository`);
  }
  for (let folder = start; ; folder = dirname(folder)) {
    if (isData(join(folder, 'data'))) return join(folder, 'data');
    if (folder === dirname(folder)) throw new Error(`no folder data/ of casus above ${start}; name it with CASUS_WEB_DATA`);
  }
}

export function casusData(folder: string): Plugin {
  const read = (file: string) => readTable(readFileSync(join(folder, file), 'utf8'));
  return {
    name: 'casus-data',
    resolveId: (id) => (id === MODULE ? `\0${MODULE}` : undefined),
    load(id) {
      if (id !== `\0${MODULE}`) return undefined;
      const tables = {
        countries: countries(read),
        types: pick(read('ontology/types.tsv'), 'name', (row) => ({ quad: Number(row.quad), score: Number(row.score), gloss: row.gloss })),
        modes: pick(read('ontology/modes.tsv'), 'mode', (row) => row.gloss),
        sectors: pick(read('ontology/sectors.tsv'), 'code', (row) => row.gloss),
        statuses: pick(read('ontology/statuses.tsv'), 'name', (row) => row.gloss),
        quads: pick(read('ontology/quads.tsv'), 'quad', (row) => row.name),
      };
      return Object.entries(tables)
        .map(([name, table]) => `export const ${name} = ${JSON.stringify(table)};`)
        .join('\n');
    },
  };
}
