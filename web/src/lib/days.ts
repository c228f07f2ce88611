// Days as ISO text ("2022-02-24") and as whole numbers of days since 1970-01-01 (UTC). No clock time and no zone ever comes in.

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
const DAY_MS = 86_400_000;

/** Number of an ISO day; NaN for anything else. */
export function dayNumber(day: string): number {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return NaN;
  const time = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(time) ? NaN : Math.round(time / DAY_MS);
}

export function isDay(text: string): boolean {
  const number = dayNumber(text);
  return !Number.isNaN(number) && dayText(number) === text;
}

/** The ISO day of a number, '' for NaN. */
export function dayText(number: number): string {
  return Number.isNaN(number) ? '' : new Date(number * DAY_MS).toISOString().slice(0, 10);
}

export function addDays(day: string, days: number): string {
  return dayText(dayNumber(day) + days);
}

/** First and last day of a record's date: a day, "a/b", a month or a year; null where nothing is known. */
export function dateRange(date: string): { first: string; last: string } | null {
  const parts = date.split('/');
  const first = firstDay(parts[0] ?? '');
  const last = lastDay(parts[1] ?? parts[0] ?? '');
  return first && last ? { first, last } : null;
}

function firstDay(text: string): string | null {
  if (isDay(text)) return text;
  if (/^\d{4}-\d{2}$/.test(text)) return `${text}-01`;
  return /^\d{4}$/.test(text) ? `${text}-01-01` : null;
}

function lastDay(text: string): string | null {
  if (isDay(text)) return text;
  if (/^\d{4}$/.test(text)) return `${text}-12-31`;
  if (!/^\d{4}-\d{2}$/.test(text)) return null;
  const [year, month] = text.split('-').map(Number) as [number, number];
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
}

/** "24 February 2022"; without the year where it is that of `near`. */
export function longDay(day: string, near = ''): string {
  if (!isDay(day)) return day;
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  return near.slice(0, 4) === day.slice(0, 4) ? `${date} ${MONTHS[month - 1]}` : `${date} ${MONTHS[month - 1]} ${year}`;
}

/** "24 Feb 2022". */
export function shortDay(day: string, withYear = true): string {
  if (!isDay(day)) return day;
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  return `${date} ${MONTHS[month - 1]?.slice(0, 3)}${withYear ? ` ${year}` : ''}`;
}

/** A record's date for reading: "24 Feb 2022", "24 – 26 Feb 2022", "no date". */
export function dateWords(date: string, nothing = 'no date'): string {
  const range = dateRange(date);
  if (!range) return date === '' ? nothing : date;
  if (range.first === range.last) return shortDay(range.first);
  if (range.first.slice(0, 7) === range.last.slice(0, 7)) return `${Number(range.first.slice(8))} – ${shortDay(range.last)}`;
  return `${shortDay(range.first, range.first.slice(0, 4) !== range.last.slice(0, 4))} – ${shortDay(range.last)}`;
}

export interface Tick {
  day: number;
  label: string;
}

const STEPS: [days: number, unit: 'day' | 'month' | 'year', count: number][] = [
  [1, 'day', 1],
  [2, 'day', 2],
  [7, 'day', 7],
  [14, 'day', 14],
  [30, 'month', 1],
  [91, 'month', 3],
  [182, 'month', 6],
  [365, 'year', 1],
  [730, 'year', 2],
  [1826, 'year', 5],
  [3652, 'year', 10],
  [9131, 'year', 25],
  [36524, 'year', 100],
];

/** Ticks for an axis from `first` to `last` (day numbers), at most `most` of them, on whole days, months or years. */
export function dayTicks(first: number, last: number, most: number): Tick[] {
  if (!(last >= first)) return [];
  const step = STEPS.find(([days]) => (last - first) / days <= most) ?? STEPS[STEPS.length - 1]!;
  const [, unit, count] = step;
  const ticks: Tick[] = [];
  if (unit === 'day') {
    for (let day = Math.ceil(first / count) * count; day <= last; day += count) {
      // The year is told once, and where it changes.
      const newYear = ticks.length === 0 || dayText(day).slice(0, 4) !== dayText(day - count).slice(0, 4);
      ticks.push({ day, label: shortDay(dayText(day), newYear) });
    }
    return ticks;
  }
  const start = new Date(first * DAY_MS);
  let index = unit === 'month' ? start.getUTCFullYear() * 12 + start.getUTCMonth() : start.getUTCFullYear() * 12;
  const months = unit === 'month' ? count : count * 12;
  index = Math.ceil(index / months) * months;
  for (; ; index += months) {
    const day = Math.round(Date.UTC(Math.floor(index / 12), index % 12, 1) / DAY_MS);
    if (day > last) return ticks;
    if (day < first) continue;
    const year = String(Math.floor(index / 12));
    ticks.push({ day, label: unit === 'year' ? year : `${MONTHS[index % 12]?.slice(0, 3)} ${year}` });
  }
}

export interface Episode {
  first: string;
  last: string;
}

/** Stretches of days without a gap of more than `gap` days, in order. */
export function episodes(days: string[], gap = 45): Episode[] {
  const numbers = days
    .map(dayNumber)
    .filter((day) => !Number.isNaN(day))
    .sort((a, b) => a - b);
  const result: Episode[] = [];
  let before = -Infinity;
  for (const day of numbers) {
    if (day - before > gap) result.push({ first: dayText(day), last: dayText(day) });
    else result.at(-1)!.last = dayText(day);
    before = day;
  }
  return result;
}

/** The last episode, at most `most` days of it: what a view shows first when the database reaches over years. */
export function latestEpisode(days: string[], gap = 45, most = 366): Episode | null {
  const last = episodes(days, gap).at(-1);
  if (!last) return null;
  const first = Math.max(dayNumber(last.first), dayNumber(last.last) - most);
  return { first: dayText(first), last: last.last };
}
