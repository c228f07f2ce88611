// The timeline's picture: which lanes there are and where each incident stands. All of it is a plain function of the incidents.
import { dateRange, dayNumber } from './days.ts';
import type { IncidentRow } from './records.ts';

/** The lane for those whom no lane of their own is given. */
export const OTHERS = '\u0000others';

export interface Placed {
  incident: IncidentRow;
  first: number;
  last: number;
  /** False where the day is that of the first report, since no report gives one. */
  dated: boolean;
  lane: number;
  /** The lane of the first target that has another lane than the source; -1 without. */
  target: number;
  /** Which of those on the same lane and about the same day it is, from 0. */
  slot: number;
}

export interface Lanes {
  keys: string[];
  /** How many stand over one another at the fullest place of each lane. */
  depth: number[];
  placed: Placed[];
}

/** Days of an incident as numbers; the day of the first report where it has no date. */
export function incidentDays(incident: Pick<IncidentRow, 'date' | 'first_report'>): { first: number; last: number; dated: boolean } {
  const range = dateRange(incident.date);
  if (range) return { first: dayNumber(range.first), last: dayNumber(range.last), dated: true };
  const day = dayNumber(incident.first_report);
  return { first: day, last: day, dated: false };
}

function laneKeys(incidents: IncidentRow[], most: number): string[] {
  const weights = new Map<string, number>();
  for (const incident of incidents) {
    for (const key of incident.source_keys) weights.set(key, (weights.get(key) ?? 0) + incident.weight);
    for (const key of incident.target_keys) weights.set(key, (weights.get(key) ?? 0) + incident.weight / 2);
  }
  const ranked = [...weights].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  return ranked.slice(0, most).map(([key]) => key);
}

function lanesOf(incident: IncidentRow, index: ReadonlyMap<string, number>, others: number): number[] {
  const sources = [...new Set(incident.source_keys)].flatMap((key) => index.get(key) ?? []);
  if (sources.length > 0) return sources;
  const target = incident.target_keys.find((key) => index.has(key));
  return [target === undefined ? others : index.get(target)!];
}

/**
 * Lanes for at most `most` parties, those with the weightiest acts first, and one for the others if anybody is left over.
 * Marks within `bucket` days of one another stand over one another rather than on one another.
 * An incident stands in the lane of each of its sources that has one, else of its first target that has, else among the others.
 */
export function laneLayout(incidents: IncidentRow[], most: number, bucket = 1): Lanes {
  const keys = laneKeys(incidents, most);
  const index = new Map(keys.map((key, lane) => [key, lane]));
  const ordered = [...incidents].sort((a, b) => b.weight - a.weight || (a.id < b.id ? -1 : 1));
  const used = new Map<string, number>();
  let others = false;
  const placed = ordered.flatMap((incident): Placed[] => {
    const days = incidentDays(incident);
    if (Number.isNaN(days.first)) return [];
    const lanes = lanesOf(incident, index, keys.length);
    others ||= lanes.includes(keys.length);
    return lanes.map((lane) => {
      const targetKey = incident.target_keys.find((key) => index.has(key) && index.get(key) !== lane);
      const cell = `${lane}/${Math.floor(days.first / bucket)}`;
      const slot = used.get(cell) ?? 0;
      used.set(cell, slot + 1);
      return { incident, ...days, lane, target: targetKey === undefined ? -1 : index.get(targetKey)!, slot };
    });
  });
  const all = others ? [...keys, OTHERS] : keys;
  const depth = all.map(() => 1);
  for (const { lane, slot } of placed) depth[lane] = Math.max(depth[lane] ?? 1, slot + 1);
  return { keys: all, depth, placed };
}
