// When each party takes part, for small figures beside their names.
import { dayText } from './days.ts';
import { incidentDays } from './lanes.ts';
import type { FacetValue, IncidentRow } from './records.ts';

export interface Activity {
  first: number;
  last: number;
  byParty: ReadonlyMap<string, FacetValue[]>;
}

/** Acts by party and day, as source or target; null where there are none. Undated acts count on the day of their first report. */
export function activityOf(incidents: Pick<IncidentRow, 'date' | 'first_report' | 'source_keys' | 'target_keys'>[]): Activity | null {
  const byParty = new Map<string, FacetValue[]>();
  let [first, last] = [Infinity, -Infinity];
  for (const incident of incidents) {
    const day = incidentDays(incident).first;
    if (Number.isNaN(day)) continue;
    [first, last] = [Math.min(first, day), Math.max(last, day)];
    for (const key of new Set([...incident.source_keys, ...incident.target_keys])) {
      const list = byParty.get(key) ?? [];
      list.push({ value: dayText(day), count: 1 });
      byParty.set(key, list);
    }
  }
  return last < first ? null : { first, last, byParty };
}
