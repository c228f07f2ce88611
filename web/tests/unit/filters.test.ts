import { describe, expect, it } from 'vitest';
import { recipes, shellWord } from '../../src/lib/copy_as.ts';
import { address, dyadSides, filtersOf, filterWords, toggled, values, withValues } from '../../src/lib/filters.ts';

const query = new URLSearchParams('actor=RUS&actor=GEO:REB&type=ASSAULT,THREATEN&event=1&since=');

describe('filters', () => {
  it('are lists, or repeated for actors', () => {
    expect(values(query, 'actor')).toEqual(['RUS', 'GEO:REB']);
    expect(values(query, 'type')).toEqual(['ASSAULT', 'THREATEN']);
    expect(values(query, 'since')).toEqual([]);
  });
  it('leave the query they came from as it was', () => {
    expect(values(toggled(query, 'type', 'ASSAULT'), 'type')).toEqual(['THREATEN']);
    expect(values(toggled(query, 'actor', 'USA'), 'actor')).toEqual(['RUS', 'GEO:REB', 'USA']);
    expect(withValues(query, 'type', []).has('type')).toBe(false);
    expect(values(query, 'type')).toHaveLength(2);
  });
  it('are told from other parameters of a view', () => {
    expect(filtersOf(query).toString()).toBe('actor=RUS&actor=GEO%3AREB&type=ASSAULT%2CTHREATEN');
    expect(filterWords(query)).toBe('actor RUS, actor GEO:REB, type ASSAULT,THREATEN');
  });
  it('make addresses that read well and mean the same', () => {
    const text = address('/timeline', query);
    expect(text).toBe('/timeline?actor=RUS&actor=GEO:REB&type=ASSAULT,THREATEN&event=1&since=');
    expect([...new URL(text, 'http://x').searchParams]).toEqual([...query]);
    const hard = new URLSearchParams({ place: 'a&b=c#d +?%2C,', outlet: 'Ä "B"' });
    expect([...new URL(address('/', hard), 'http://x').searchParams]).toEqual([...hard]);
  });
  it('know the sides of a dyad', () => {
    expect(dyadSides('RUS>UKR')).toEqual(['RUS', 'UKR']);
    expect(dyadSides('RUS')).toBeNull();
    expect(dyadSides('RUS,')).toBeNull();
  });
});

describe('copy as', () => {
  const [command, curl, r, python] = recipes({
    origin: 'http://127.0.0.1:8080',
    resource: 'events',
    command: 'events',
    query: new URLSearchParams([
      ['actor', "Côte d'Ivoire"],
      ['type', 'ASSAULT'],
    ]),
    table: true,
  });
  it('quotes for the shell', () => {
    expect(command?.text).toBe(`casus events --db crisis.db --actor 'Côte d'\\''Ivoire' --type ASSAULT`);
    expect(shellWord('$(rm -rf /)')).toBe(`'$(rm -rf /)'`);
    expect(curl?.text.startsWith(`curl -s 'http://127.0.0.1:8080/api/v1/events.json?`)).toBe(true);
  });
  it('has no command where none does the same, and reads one document as such', () => {
    const list = recipes({ origin: 'http://h', resource: 'incidents/1', command: null, query: new URLSearchParams(), table: false });
    expect(list.map(({ name }) => name)).toEqual(['curl', 'R', 'Python']);
    expect(list[1]?.text).toContain('fromJSON("http://h/api/v1/incidents/1.json"');
  });
  it('keeps what is no filter out of the options', () => {
    const list = recipes({
      origin: 'http://h',
      resource: 'search',
      command: "search 'a b'",
      query: new URLSearchParams(),
      extra: { q: 'a b' },
      table: true,
    });
    expect(list[0]?.text).toBe("casus search 'a b' --db crisis.db");
    expect(list[1]?.text).toContain('q=a+b');
  });
  it('does not read Namibia as missing', () => {
    expect(r?.text).toContain('na.strings = ""');
    expect(python?.text).toContain('keep_default_na=False');
  });
});
