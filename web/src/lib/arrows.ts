// Forces on the map: an arrow from the middle of their owner's country to where they are said to be.
import { countries } from 'virtual:casus-data';
import { number } from './names.ts';
import type { Posture } from './records.ts';

export interface Arrow {
  owner: string;
  /** Where they are, in words' stead: the place, or the code of the country. */
  place: string;
  country: string;
  /** Longitude and latitude; `from`, the middle of the owner's country, is null for forces within it. */
  from: [number, number] | null;
  to: [number, number];
  /** Whether `to` is the place; else the middle of its country, for want of one. */
  exact: boolean;
  withdrawal: boolean;
  words: string;
}

function middle(country: string): [number, number] | null {
  const [, , latitude, longitude] = countries[country] ?? [];
  return latitude === undefined || longitude === undefined ? null : [longitude, latitude];
}

/** "about 3,000 – 5,000"; the words of a report where none gives a number. */
export function forceRange({ low, high, about, as_told }: Posture): string {
  if (low === null || high === null) return as_told[0] ?? '';
  return `${about ? 'about ' : ''}${low === high ? number(low) : `${number(low)} – ${number(high)}`}`;
}

/** An arrow a posture whose place or country is known; for the others the map is no place. Of withdrawals it is to be drawn the other way. */
export function arrowsOf(posture: Posture[]): Arrow[] {
  return posture.flatMap((item): Arrow[] => {
    const { owner, place, country, place_lat, place_lon } = item;
    const home = owner.split(':')[0] ?? '';
    const exact = place_lat !== null && place_lon !== null;
    const to: [number, number] | null = exact ? [place_lon, place_lat] : middle(country);
    if (!to) return [];
    const words = item.low === null ? forceRange(item) : `${forceRange(item)} ${item.kind}`;
    return [
      {
        owner,
        place,
        country,
        from: home === country ? null : middle(home),
        to,
        exact,
        withdrawal: item.movement === 'withdrawal',
        words: `${words}${item.status === 'actual' ? '' : ` (${item.status})`}`,
      },
    ];
  });
}
