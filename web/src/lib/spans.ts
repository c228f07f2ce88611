// Marked text: spans that may overlap become pieces that do not.
import type { ArticlePage, Coded, EventRecord, Span } from './records.ts';

export type Role =
  | 'trigger'
  | 'source'
  | 'target'
  | 'date'
  | 'place'
  | 'attributed_to'
  | 'quantity'
  | 'quote'
  | 'speaker'
  | 'named_place'
  | 'named_time';

/** A stretch of text with a meaning; `record` is the id of the event or statement it belongs to, '' for a mere mention. */
export interface Mark {
  begin: number;
  end: number;
  role: Role;
  record: string;
}

/** A piece of text between two borders of marks, with the marks that cover it. Offsets are UTF-16 units. */
export interface Piece {
  begin: number;
  end: number;
  marks: Mark[];
}

/** Cuts the text from `begin` to `end` at each border of a mark. Marks that lie outside or are empty are left out. */
export function cut(begin: number, end: number, marks: Mark[]): Piece[] {
  const inside = marks
    .map((mark) => ({ ...mark, begin: Math.max(mark.begin, begin), end: Math.min(mark.end, end) }))
    .filter((mark) => mark.begin < mark.end);
  const borders = [...new Set([begin, end, ...inside.flatMap((mark) => [mark.begin, mark.end])])].sort((a, b) => a - b);
  const starting = [...inside].sort((a, b) => a.begin - b.begin);
  const pieces: Piece[] = [];
  let open: Mark[] = [];
  let next = 0;
  for (let index = 0; index + 1 < borders.length; ++index) {
    const from = borders[index]!;
    open = open.filter((mark) => mark.end > from);
    for (; next < starting.length && starting[next]!.begin <= from; ++next) open.push(starting[next]!);
    pieces.push({ begin: from, end: borders[index + 1]!, marks: [...open] });
  }
  return pieces;
}

function listOf(span: Span | Span[] | null | undefined): Span[] {
  if (!span || span.length === 0) return [];
  return Array.isArray(span[0]) ? (span as Span[]) : [span as Span];
}

function eventMarks(event: EventRecord): Mark[] {
  const spans = event.spans16;
  if (!spans) return [];
  const roles = ['trigger', 'source', 'target', 'date', 'place', 'attributed_to', 'quantity'] as const;
  return roles.flatMap((role) => listOf(spans[role]).map(([begin, end]) => ({ begin, end, role, record: event.id })));
}

/** All marks of an article: parts of its events, quotations, places and times that are named. */
export function marksOf(
  article: (Pick<ArticlePage, 'events' | 'statements'> & Partial<Pick<ArticlePage, 'places' | 'times'>>) | Coded,
): Mark[] {
  const marks = article.events.flatMap(eventMarks);
  for (const statement of article.statements) {
    for (const [begin, end] of listOf(statement.spans16?.text)) marks.push({ begin, end, role: 'quote', record: statement.id });
    for (const [begin, end] of listOf(statement.spans16?.speaker)) marks.push({ begin, end, role: 'speaker', record: statement.id });
  }
  const named = [
    ...('places' in article ? (article.places ?? []) : []).map((place) => ({ ...place, role: 'named_place' as const })),
    ...('times' in article ? (article.times ?? []) : []).map((time) => ({ ...time, role: 'named_time' as const })),
  ];
  for (const { begin16, end16, role } of named) {
    if (begin16 !== undefined && end16 !== undefined) marks.push({ begin: begin16, end: end16, role, record: '' });
  }
  return marks;
}
