// Keys of parties and codes in words.
import { countries, modes, sectors, statuses, types } from 'virtual:casus-data';

export function countryName(code: string): string {
  return countries[code]?.[0] ?? code;
}

/** A party by its key: a country's executive ("RUS"), another sector ("GEO:REB"), a body ("IGO:nato"), somebody without a country (":bush"). */
export function partyName(key: string, names: ReadonlyMap<string, string> = new Map()): string {
  const known = names.get(key);
  if (known) return capitalised(known.replace(/^the /, ''));
  const [country = '', rest = ''] = key.split(/:(.*)/s);
  if (rest === '') return countryName(country);
  if (countries[country] && sectors[rest]) return `${countryName(country)}, ${(sectors[rest] ?? '').split(',')[0]}`;
  return capitalised(rest);
}

export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** An actor of an event: "Sergey Lavrov (RUS GOV)". */
export function actorWords(actor: { name: string; text?: string; country: string; sector: string }): string {
  const codes = [actor.country, actor.sector].filter((code) => code !== '').join(' ');
  const name = actor.name || actor.text || 'somebody';
  return codes === '' ? name : `${name} (${codes})`;
}

export type Kind = 'cooperation' | 'conflict';

export function kindOf(quad: number): Kind {
  return quad <= 2 ? 'cooperation' : 'conflict';
}

export function quadOf(type: string): number {
  return types[type]?.quad ?? 0;
}

export const TYPE_NAMES = Object.keys(types);
export const STATUS_NAMES = Object.keys(statuses);

export function typeGloss(type: string, mode = ''): string {
  return [types[type]?.gloss, modes[mode]].filter(Boolean).join('; mode: ');
}

export function statusGloss(status: string): string {
  return statuses[status] ?? '';
}

const plural = new Intl.PluralRules('en');
const grouped = new Intl.NumberFormat('en');

/** "1 report", "3,412 reports". */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${grouped.format(number)} ${plural.select(number) === 'one' ? one : many}`;
}

export function number(value: number): string {
  return grouped.format(value);
}
