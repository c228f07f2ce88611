// Counts by day for small figures.
import { dayNumber } from './days.ts';
import type { FacetValue } from './records.ts';

export interface Bin {
  first: number;
  last: number;
  count: number;
}

/** Counts by day gathered into at most `most` bins of equal length from `first` to `last`, empty ones included. */
export function bins(values: FacetValue[], first: number, last: number, most: number): Bin[] {
  if (!(last >= first)) return [];
  const width = Math.max(1, Math.ceil((last - first + 1) / most));
  const result: Bin[] = [];
  for (let day = first; day <= last; day += width) result.push({ first: day, last: Math.min(last, day + width - 1), count: 0 });
  for (const { value, count } of values) {
    const bin = result[Math.floor((dayNumber(value) - first) / width)];
    if (bin) bin.count += count;
  }
  return result;
}

/** Wilson's interval of 95 % for a share of `right` in `all` (E. B. Wilson, J. Am. Stat. Assoc. 22, 1927, p. 209). */
export function interval(right: number, all: number): [low: number, high: number] {
  if (all === 0) return [0, 1];
  const z = 1.96;
  const share = right / all;
  const centre = share + (z * z) / (2 * all);
  const spread = z * Math.sqrt((share * (1 - share)) / all + (z * z) / (4 * all * all));
  const scale = 1 + (z * z) / all;
  return [Math.max(0, (centre - spread) / scale), Math.min(1, (centre + spread) / scale)];
}

export interface Column {
  /** Places of the first and the last value in it. */
  first: number;
  last: number;
  count: number;
}

/** Values one beside the other, several to a column where there are more than `most`. */
export function columns(values: number[], most: number): Column[] {
  const step = Math.max(1, Math.ceil(values.length / most));
  return Array.from({ length: Math.ceil(values.length / step) }, (_, index): Column => {
    const part = values.slice(index * step, (index + 1) * step);
    return { first: index * step, last: index * step + part.length - 1, count: part.reduce((sum, value) => sum + value, 0) };
  });
}
