// A dyad's days gathered into bins that a figure has room for.
import { dayNumber } from './days.ts';
import { groups } from './groups.ts';
import type { DyadDay } from './records.ts';

/** The rows of one pair among those that a filter of two actors finds, and the other pairs: a country stands for its rebels and courts too. */
export interface PairRows {
  rows: DyadDay[];
  others: [a: string, b: string][];
}

/** Of the pair with just these keys; without one of the pair with the most days. */
export function pairRows(rows: DyadDay[], sides: [string, string]): PairRows {
  const pairs = groups(rows, ({ a, b }) => `${a}\t${b}`).sort(([x, one], [y, two]) => two.length - one.length || (x < y ? -1 : 1));
  const wanted = [...sides].sort().join('\t');
  const [key, chosen] = pairs.find(([pair]) => pair === wanted) ?? pairs[0] ?? ['', []];
  return { rows: chosen, others: pairs.filter(([pair]) => pair !== key).map(([pair]) => pair.split('\t') as [string, string]) };
}

export interface DyadBin {
  first: number;
  last: number;
  quads: [number, number, number, number];
  /** Mean of Goldstein values with older ones counting less, as of the last day of the bin that has one; null without. */
  smoothed: number | null;
  articles: number;
  change: boolean;
}

/** Bins of equal length from the first to the last day of `rows` (or the given ones), at most `most`; empty ones included. */
export function dyadBins(rows: DyadDay[], most: number, first = Infinity, last = -Infinity): DyadBin[] {
  const days = rows.map(({ day }) => dayNumber(day));
  for (const day of days) {
    first = Math.min(first, day);
    last = Math.max(last, day);
  }
  if (!(last >= first)) return [];
  const width = Math.max(1, Math.ceil((last - first + 1) / most));
  const bins: DyadBin[] = [];
  for (let day = first; day <= last; day += width) {
    bins.push({ first: day, last: Math.min(last, day + width - 1), quads: [0, 0, 0, 0], smoothed: null, articles: 0, change: false });
  }
  rows.forEach((row, index) => {
    const bin = bins[Math.floor((days[index]! - first) / width)];
    if (!bin) return;
    [row.quad1, row.quad2, row.quad3, row.quad4].forEach((count, quad) => (bin.quads[quad]! += count));
    bin.smoothed = row.smoothed;
    bin.articles += row.articles;
    bin.change ||= row.change;
  });
  return bins;
}
