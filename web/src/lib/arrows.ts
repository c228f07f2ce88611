// Forces on the map: an arrow from the middle of their owner's country to that of the country where they are said to be.
import { countries } from 'virtual:casus-data';
import type { Posture } from './records.ts';

export interface Arrow {
  owner: string;
  country: string;
  /** Longitude and latitude of the middle of the owner's and of the other country; `from` is null where both are the same. */
  from: [number, number] | null;
  to: [number, number];
  withdrawal: boolean;
  words: string;
}

function middle(country: string): [number, number] | null {
  const [, , latitude, longitude] = countries[country] ?? [];
  return latitude === undefined || longitude === undefined ? null : [longitude, latitude];
}

/** An arrow a posture whose country is known; for the others the map is no place. Of withdrawals it is to be drawn the other way. */
export function arrowsOf(posture: Posture[]): Arrow[] {
  return posture.flatMap((item): Arrow[] => {
    const { country } = item;
    const [home, there] = [middle(item.owner.split(':')[0] ?? ''), middle(country)];
    if (!there) return [];
    const number =
      item.low === item.high ? item.low.toLocaleString('en') : `${item.low.toLocaleString('en')}–${item.high.toLocaleString('en')}`;
    const words = `${item.about ? '~' : ''}${number} ${item.kind}${item.status === 'actual' ? '' : ` (${item.status})`}`;
    const same = !home || (home[0] === there[0] && home[1] === there[1]);
    return [{ owner: item.owner, country, from: same ? null : home, to: there, withdrawal: item.movement === 'withdrawal', words }];
  });
}
