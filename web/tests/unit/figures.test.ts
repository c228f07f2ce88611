import { describe, expect, it } from 'vitest';
import { activityOf } from '../../src/lib/activity.ts';
import { arrowsOf } from '../../src/lib/arrows.ts';
import { bins, columns, interval } from '../../src/lib/counts.ts';
import { dayNumber } from '../../src/lib/days.ts';
import { dyadBins, pairRows } from '../../src/lib/dyad_series.ts';
import { laneLayout, OTHERS } from '../../src/lib/lanes.ts';
import { networkPicture } from '../../src/lib/network.ts';
import type { DyadDay, IncidentRow, Posture } from '../../src/lib/records.ts';

const incident = (id: string, source: string[], target: string[], date: string, weight = 1): IncidentRow =>
  ({
    id,
    source_keys: source,
    target_keys: target,
    date,
    first_report: '2008-08-10',
    weight,
    status: 'actual',
    quad: 4,
  }) as unknown as IncidentRow;

describe('lanes', () => {
  it('are those of the weightiest parties, and one for the others', () => {
    const { keys, placed } = laneLayout(
      [
        incident('1', ['RUS'], ['GEO'], '2008-08-08', 5),
        incident('2', ['GEO'], [], '2008-08-08', 2),
        incident('3', ['FRA'], [], '2008-08-09'),
      ],
      2,
    );
    expect(keys).toEqual(['RUS', 'GEO', OTHERS]);
    expect(placed.map(({ incident: { id }, lane, target }) => [id, lane, target])).toEqual([
      ['1', 0, 1],
      ['2', 1, -1],
      ['3', 2, -1],
    ]);
  });
  it('show an act of several in the lane of each, and one of nobody in that of its target', () => {
    const { placed } = laneLayout([incident('1', ['USA', 'FRA'], ['RUS'], '2008-08-08'), incident('2', [], ['RUS'], '2008-08-08')], 5);
    expect(placed.filter(({ incident: { id } }) => id === '1')).toHaveLength(2);
    expect(placed.filter(({ incident: { id } }) => id === '2')).toHaveLength(1);
  });
  it('put what has no date on the day of its first report, marked', () => {
    const { placed } = laneLayout([incident('1', ['USA'], [], ''), incident('2', ['USA'], [], '2008-08-08/2008-08-09')], 5);
    expect(placed.map(({ dated, first, last }) => [dated, last - first])).toEqual([
      [false, 0],
      [true, 1],
    ]);
    expect(placed[0]?.first).toBe(dayNumber('2008-08-10'));
  });
  it('put marks that would touch over one another', () => {
    const list = [
      incident('1', ['USA'], [], '1970-01-05'),
      incident('2', ['USA'], [], '1970-01-06'),
      incident('3', ['USA'], [], '1970-01-09'),
    ];
    expect(laneLayout(list, 3).depth).toEqual([1]);
    expect(laneLayout(list, 3, 4).placed.map(({ slot }) => slot)).toEqual([0, 1, 0]);
    expect(laneLayout(list, 3, 4).depth).toEqual([2]);
  });
  it('do not depend on the order of incidents', () => {
    const list = ['a', 'b', 'c', 'd'].map((id) => incident(id, ['USA'], [], '2008-08-08'));
    expect(laneLayout([...list].reverse(), 3)).toEqual(laneLayout(list, 3));
  });
});

describe('activity', () => {
  it('counts an act once for each party in it, on its day', () => {
    const activity = activityOf([incident('1', ['USA'], ['USA', 'RUS'], '2008-08-08'), incident('2', ['RUS'], [], '')]);
    expect([...activity!.byParty].map(([key, list]) => [key, list.map(({ value }) => value)])).toEqual([
      ['USA', ['2008-08-08']],
      ['RUS', ['2008-08-08', '2008-08-10']],
    ]);
    expect(activity!.last - activity!.first).toBe(2);
    expect(activityOf([])).toBeNull();
  });
});

describe('counts', () => {
  it('keep every day that lies within', () => {
    const list = bins(
      [
        { value: '1970-01-01', count: 2 },
        { value: '1970-01-10', count: 3 },
        { value: '1971-01-01', count: 9 },
      ],
      0,
      9,
      4,
    );
    expect(list.map(({ count }) => count)).toEqual([2, 0, 0, 3]);
    expect(bins([], NaN, NaN, 4)).toEqual([]);
  });
  it('give the interval of Wilson', () => {
    const [low, high] = interval(8, 10);
    expect(low).toBeCloseTo(0.49, 2);
    expect(high).toBeCloseTo(0.943, 2);
    expect(interval(0, 0)).toEqual([0, 1]);
  });
});

describe('pairs', () => {
  const row = (a: string, b: string, day: string): DyadDay => ({ a, b, day }) as DyadDay;
  const rows = [row('GEO:REB', 'RUS', '2008-08-01'), row('GEO:REB', 'RUS', '2008-08-02'), row('GEO', 'RUS', '2008-08-01')];
  it('are told apart where a filter finds several', () => {
    expect(pairRows(rows, ['RUS', 'GEO'])).toEqual({ rows: [rows[2]], others: [['GEO:REB', 'RUS']] });
    expect(pairRows(rows, ['Georgia', 'Russia']).rows).toHaveLength(2);
    expect(pairRows([], ['A', 'B'])).toEqual({ rows: [], others: [] });
  });
});

describe('dyad bins', () => {
  const row = (day: string, quad1: number, smoothed: number, change = false): DyadDay => ({
    a: 'A',
    b: 'B',
    day,
    quad1,
    quad2: 0,
    quad3: 1,
    quad4: 0,
    goldstein: 0,
    smoothed,
    articles: 1,
    change,
    incidents: [],
  });
  it('sum the days and keep the last mean and each turn', () => {
    const list = dyadBins([row('1970-01-01', 1, 2), row('1970-01-02', 2, 4, true), row('1970-01-09', 5, -1)], 5);
    expect(list.map(({ quads, smoothed, change }) => [quads[0], quads[2], smoothed, change])).toEqual([
      [3, 2, 4, true],
      [0, 0, null, false],
      [0, 0, null, false],
      [0, 0, null, false],
      [5, 1, -1, false],
    ]);
  });
  it('of nothing are none', () => expect(dyadBins([], 5)).toEqual([]));
});

describe('network', () => {
  const network = {
    nodes: ['A', 'B', 'C', 'D'].map((key, index) => ({ key, name: key, events: 9 - index })),
    links: [
      { source: 'A', target: 'B', cooperative: 1, hostile: 3, events: 4 },
      { source: 'C', target: 'D', cooperative: 1, hostile: 0, events: 1 },
    ],
  };
  it('is the same each time, within its frame, without those left out', () => {
    const [one, two] = [networkPicture(network, 3, 400, 300), networkPicture(network, 3, 400, 300)];
    expect(one.nodes.map(({ x, y }) => [x, y])).toEqual(two.nodes.map(({ x, y }) => [x, y]));
    expect(one.nodes.every(({ x, y }) => x >= 0 && x <= 400 && y >= 0 && y <= 300)).toBe(true);
    expect([one.lines.length, one.lines[0]?.balance]).toEqual([1, -0.5]);
  });
  it('has nobody who stands alone, and counts who is left out', () => {
    const picture = networkPicture(network, 3, 400, 300);
    expect(picture.nodes.map(({ key }) => key)).toEqual(['A', 'B']);
    expect(picture.left).toBe(2);
    expect(networkPicture(network, 4, 400, 300).nodes).toHaveLength(4);
  });
});

describe('arrows of forces', () => {
  const posture = (owner: string, country: string, more: Partial<Posture> = {}): Posture =>
    ({
      owner,
      place: '',
      country,
      place_lat: null,
      place_lon: null,
      low: 1000,
      high: 2000,
      about: true,
      kind: 'troops',
      movement: 'arrival',
      status: 'planned',
      as_told: ['up to 2,000 men'],
      ...more,
    }) as unknown as Posture;
  it('stand only where a place or a country is told', () => {
    const arrows = arrowsOf([posture('TUR', 'QAT'), posture('USA', ''), posture('GEO', 'GEO')]);
    expect(arrows.map(({ owner, country, from, exact }) => [owner, country, from === null, exact])).toEqual([
      ['TUR', 'QAT', false, false],
      ['GEO', 'GEO', true, false],
    ]);
    expect(arrows[0]?.words).toBe('about 1,000 – 2,000 troops (planned)');
  });
  it('lead to the place where it is known, even without a country', () => {
    const [doha, ocean] = arrowsOf([
      posture('TUR', 'QAT', { place: 'Doha', place_lat: 25.3, place_lon: 51.5 }),
      posture('GBR', '', { place: 'Atlantic Ocean', place_lat: 10, place_lon: -25 }),
    ]);
    expect([doha?.to, doha?.exact]).toEqual([[51.5, 25.3], true]);
    expect([ocean?.to, ocean?.exact, ocean?.from === null]).toEqual([[-25, 10], true, false]);
  });
  it('have the words of a report where no number is told', () => {
    const [arrow] = arrowsOf([posture('TUR', 'QAT', { low: null, high: null, as_told: ['several thousand troops'], status: 'actual' })]);
    expect(arrow?.words).toBe('several thousand troops');
  });
});

describe('columns', () => {
  it('hold one value each, or several where there is no room', () => {
    expect(columns([1, 0, 2], 10)).toEqual([
      { first: 0, last: 0, count: 1 },
      { first: 1, last: 1, count: 0 },
      { first: 2, last: 2, count: 2 },
    ]);
    expect(columns([1, 2, 3, 4, 5], 2)).toEqual([
      { first: 0, last: 2, count: 6 },
      { first: 3, last: 4, count: 9 },
    ]);
    expect(columns([], 10)).toEqual([]);
  });
});
