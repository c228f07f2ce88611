// Review: what a person says of events, one after the other, with undo. Plain values; nothing here talks to the server.
import { interval } from './counts.ts';
import type { Actor, EventRecord } from './records.ts';

export type Judgement = 'right' | 'wrong' | 'fixed';

export interface Verdict {
  event: string;
  judgement: Judgement;
  type: string;
  status: string;
  sentence: string;
  /** What was wrong of a fixed one: new values by field. */
  change: Record<string, string>;
  /** The number of the fix in the database, null where none was sent. */
  fix: number | null;
  /** The query of the random draw that it is of; '' or missing for events that were not drawn. */
  draw?: string;
}

export interface Sums {
  right: number;
  wrong: number;
  fixed: number;
  all: number;
  /** Share of right ones and its interval of 95 %, which holds if the events were drawn at random. */
  share: number;
  low: number;
  high: number;
}

export function verdictOf(
  event: EventRecord,
  judgement: Judgement,
  change: Record<string, string> = {},
  fix: number | null = null,
  draw = '',
): Verdict {
  return { event: event.id, judgement, type: event.type, status: event.status, sentence: event.sentence, change, fix, draw };
}

/** The verdicts with one more; a second one on the same event takes the place of the first. */
export function judged(verdicts: Verdict[], verdict: Verdict): Verdict[] {
  return [...verdicts.filter(({ event }) => event !== verdict.event), verdict];
}

export function sums(verdicts: Verdict[]): Sums {
  const of = (judgement: Judgement): number => verdicts.filter((verdict) => verdict.judgement === judgement).length;
  const [right, wrong, fixed] = [of('right'), of('wrong'), of('fixed')];
  const [low, high] = interval(right, verdicts.length);
  return { right, wrong, fixed, all: verdicts.length, share: verdicts.length === 0 ? 0 : right / verdicts.length, low, high };
}

/** What a fix may set of an event, as text: actors as "NAME/COUNTRY/SECTOR; …". */
export interface Fields {
  type: string;
  status: string;
  date: string;
  source: string;
  target: string;
}

const actorsText = (actors: Actor[]): string =>
  (actors ?? []).map(({ name, country, sector }) => [name, country, sector].filter((part) => part).join('/')).join('; ');

export function fieldsOf({ type, status, date, source, target }: EventRecord): Fields {
  return { type, status, date, source: actorsText(source), target: actorsText(target) };
}

/** The values of `after` that differ from the event's. */
export function changes(event: EventRecord, after: Fields): Record<string, string> {
  const before = fieldsOf(event);
  return Object.fromEntries(Object.entries(after).filter(([field, value]) => before[field as keyof Fields] !== value.trim()));
}

/** A change as POST /fixes takes it: actors as lists. */
export function fixOf(change: Record<string, string>): Record<string, string | string[]> {
  const list = (text: string): string[] =>
    text
      .split(';')
      .map((actor) => actor.trim())
      .filter((actor) => actor !== '');
  return Object.fromEntries(
    Object.entries(change).map(([field, value]) => [field, field === 'source' || field === 'target' ? list(value) : value]),
  );
}

function cell(text: string): string {
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The review as CSV (RFC 4180). */
export function reviewSheet(verdicts: Verdict[]): string {
  const rows = verdicts.map(({ event, judgement, type, status, change, sentence }) =>
    [
      event,
      judgement,
      type,
      status,
      change.type ?? '',
      change.status ?? '',
      change.date ?? '',
      change.source ?? '',
      change.target ?? '',
      sentence,
    ]
      .map(cell)
      .join(','),
  );
  return (
    ['event,judgement,type,status,type_should_be,status_should_be,date_should_be,source_should_be,target_should_be,sentence', ...rows].join(
      '\r\n',
    ) + '\r\n'
  );
}

/** Verdicts as they were kept in the browser; anything else than a list of them is no verdict. */
export function readVerdicts(text: string): Verdict[] {
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list)
      ? list.filter(
          (item): item is Verdict =>
            typeof item?.event === 'string' && typeof item?.judgement === 'string' && typeof item?.change === 'object',
        )
      : [];
  } catch {
    return [];
  }
}
