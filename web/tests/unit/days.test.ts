import { describe, expect, it } from 'vitest';
import {
  addDays,
  dateRange,
  dateWords,
  dayNumber,
  dayText,
  dayTicks,
  episodes,
  isDay,
  latestEpisode,
  longDay,
} from '../../src/lib/days.ts';

describe('days', () => {
  it('are whole numbers since 1970, before it too', () => {
    expect(dayNumber('1970-01-01')).toBe(0);
    expect(dayNumber('1962-10-23')).toBe(-2627);
    expect(dayText(dayNumber('2024-02-29'))).toBe('2024-02-29');
    expect(addDays('2008-02-28', 2)).toBe('2008-03-01');
  });
  it('refuse what is none', () => {
    for (const text of ['', '2008', '2008-13-01', '2008-02-30', '2008-02-01T00:00:00', 'x']) expect(isDay(text)).toBe(false);
    expect(dayText(NaN)).toBe('');
  });
  it('of a record reach from the first to the last', () => {
    expect(dateRange('1990-12-15/1991-01-15')).toEqual({ first: '1990-12-15', last: '1991-01-15' });
    expect(dateRange('2008-02')).toEqual({ first: '2008-02-01', last: '2008-02-29' });
    expect(dateRange('2008')).toEqual({ first: '2008-01-01', last: '2008-12-31' });
    expect(dateRange('')).toBeNull();
    expect(dateRange('soon')).toBeNull();
  });
  it('read as people write them', () => {
    expect(dateWords('2017-06-19/2017-06-23')).toBe('19 – 23 Jun 2017');
    expect(dateWords('2017-06-19/2017-07-02')).toBe('19 Jun – 2 Jul 2017');
    expect(dateWords('1990-12-15/1991-01-15')).toBe('15 Dec 1990 – 15 Jan 1991');
    expect(dateWords('')).toBe('no date');
    expect(longDay('2008-08-13', '2008-08-01')).toBe('13 August');
  });
});

describe('ticks', () => {
  it('are never more than asked for by much, and lie within', () => {
    for (const days of [1, 10, 45, 400, 5000, 20000, 400000]) {
      const ticks = dayTicks(1000, 1000 + days, 10);
      expect(ticks.length).toBeLessThanOrEqual(12);
      expect(ticks.every(({ day }) => day >= 1000 && day <= 1000 + days)).toBe(true);
    }
  });
  it('of years name the year', () => {
    expect(dayTicks(dayNumber('1960-01-01'), dayNumber('2010-01-01'), 6).map(({ label }) => label)).toEqual([
      '1960',
      '1970',
      '1980',
      '1990',
      '2000',
      '2010',
    ]);
  });
  it('of days tell the year once, and where it changes', () => {
    expect(dayTicks(dayNumber('2007-12-30'), dayNumber('2008-01-02'), 6).map(({ label }) => label)).toEqual([
      '30 Dec 2007',
      '31 Dec',
      '1 Jan 2008',
      '2 Jan',
    ]);
  });
  it('of nothing are none, and end', () => {
    expect(dayTicks(NaN, NaN, 5)).toEqual([]);
    expect(dayTicks(5, 4, 5)).toEqual([]);
  });
});

describe('episodes', () => {
  const days = ['1962-10-23', '1962-10-29', '2008-08-08', '2008-08-27'];
  it('end where news stop', () => {
    expect(episodes(days)).toEqual([
      { first: '1962-10-23', last: '1962-10-29' },
      { first: '2008-08-08', last: '2008-08-27' },
    ]);
    expect(episodes([...days].reverse())).toEqual(episodes(days));
    expect(episodes([])).toEqual([]);
  });
  it('the latest one is cut to its last days', () => {
    expect(latestEpisode(days, 45, 7)).toEqual({ first: '2008-08-20', last: '2008-08-27' });
    expect(latestEpisode([])).toBeNull();
  });
});
