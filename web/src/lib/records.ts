// The records of the API, named as everywhere in casus (docs/formats.md). Only fields that the page uses are listed.

export type Span = [begin: number, end: number];

export interface Actor {
  text?: string;
  name: string;
  country: string;
  sector: string;
}

export interface Place {
  text: string;
  name: string;
  country: string;
  lat: number | null;
  lon: number | null;
  precision: string;
  begin16?: number;
  end16?: number;
}

export interface Quantity {
  value: number;
  unit: string;
  text: string;
  kind: string;
  about: boolean;
}

/** Spans of an event's parts; in `spans16` they are offsets in UTF-16 units into the article's text. */
export interface EventSpans {
  trigger: Span | null;
  source: Span[];
  target: Span[];
  date: Span | null;
  place: Span | null;
  attributed_to: Span | null;
  quantity: Span[];
}

export interface EventRecord {
  record: 'event';
  id: string;
  doc: string;
  article_id: string;
  published: string;
  outlet: string;
  url: string;
  type: string;
  mode: string;
  status: string;
  source: Actor[];
  target: Actor[];
  date: string;
  date_precision: string;
  place: Place | null;
  attributed_to: string;
  trigger: string;
  quantity: Quantity[];
  sentence: string;
  also: string[];
  cameo: string;
  goldstein: number;
  score: number;
  quad: number;
  contexts: string[];
  confidence: number;
  rule: string;
  incident?: string;
  fixed?: unknown;
  spans?: EventSpans;
  spans16?: EventSpans;
}

export interface StatementRecord {
  record: 'statement';
  id: string;
  doc: string;
  article_id: string;
  published: string;
  outlet: string;
  speaker: Actor | null;
  addressee: Actor | null;
  cue: string;
  kind: string;
  text: string;
  sentence: string;
  spans?: { speaker: Span | null; cue: Span | null; text: Span[] };
  spans16?: { speaker: Span | null; cue: Span | null; text: Span[] };
}

export interface TimeMention {
  text: string;
  type: string;
  value: string;
  begin16?: number;
  end16?: number;
}

export interface Block {
  begin: number;
  end: number;
  kind: string;
  reason?: string;
  begin16: number;
  end16: number;
}

export interface ArticleRecord {
  id: string;
  article_id: string;
  url: string;
  outlet: string;
  title: string;
  published: string;
  published_from?: string;
  authors?: string[];
  duplicate_of?: string;
  text: string;
  blocks: Block[];
}

export interface ArticlePage extends ArticleRecord {
  events: EventRecord[];
  statements: StatementRecord[];
  places: Place[];
  times: TimeMention[];
  incidents: { id: string; text: string; event: string }[];
}

/** An article as the source of a line. */
export interface SourceArticle {
  article_id: string;
  doc: string;
  outlet: string;
  published: string;
  url: string;
  title: string;
}

export interface Party {
  key: string;
  country: string;
  sector: string;
  name: string;
  persons: string[];
}

export interface Mention {
  event: string;
  article_id: string;
  doc: string;
  outlet: string;
  published: string;
  status: string;
  date: string;
  attributed_to: string;
  sentence: string;
  title?: string;
  record?: EventRecord;
}

export interface IncidentValue {
  field: string;
  value: string | number;
  conflicting: boolean;
  articles: string[];
}

export interface Incident {
  record: 'incident';
  id: string;
  type: string;
  mode: string;
  status: string;
  date: string;
  day: string;
  source: Party[];
  target: Party[];
  source_keys: string[];
  target_keys: string[];
  place: string;
  text: string;
  articles: number;
  outlets: number;
  sources: number;
  first_report: string;
  last_report: string;
  cameo: string;
  goldstein: number;
  quad: number;
  confidence: number;
  weight: number;
  history: { status: string; day: string; event: string; article_id: string }[];
  values: IncidentValue[];
  mentions: Mention[];
}

/** The fields of an incident that lists and the timeline ask for. */
export const INCIDENT_COLUMNS = [
  'id',
  'date',
  'day',
  'type',
  'mode',
  'status',
  'quad',
  'goldstein',
  'text',
  'source_keys',
  'target_keys',
  'sources',
  'outlets',
  'articles',
  'weight',
  'confidence',
  'first_report',
  'last_report',
  'place',
] as const;
export type IncidentRow = Pick<Incident, (typeof INCIDENT_COLUMNS)[number]>;

export interface Appointment {
  incident: string;
  date: string;
  outcome: string;
  text: string;
  moved_to: string;
  announced: string;
  last_report: string;
  source_keys: string[];
  target_keys: string[];
  sources: number;
  articles: SourceArticle[];
}

export interface Demand {
  incident: string;
  asker: string;
  asked: string;
  words: string;
  answer: string;
  answered_by: string;
  answer_text: string;
  source_keys: string[];
  target_keys: string[];
  date: string;
  first_report: string;
  last_report: string;
  sources: number;
  articles: SourceArticle[];
}

export interface Posture {
  owner: string;
  owner_name: string;
  place: string;
  country: string;
  place_lat: number | null;
  place_lon: number | null;
  kind: string;
  movement: string;
  status: string;
  /** Null where no report gives a number ("several thousand"). */
  low: number | null;
  high: number | null;
  about: boolean;
  as_told: string[];
  first_report: string;
  last_report: string;
  sources: number;
  articles: SourceArticle[];
}

export interface DyadDay {
  a: string;
  b: string;
  day: string;
  quad1: number;
  quad2: number;
  quad3: number;
  quad4: number;
  goldstein: number;
  smoothed: number;
  articles: number;
  change: boolean;
  incidents: string[];
}

export interface ActorRow {
  key: string;
  name: string;
  country: string;
  acts: number;
  suffered: number;
  articles: number;
  partners: string[];
  names: string[];
  persons: { name: string; incidents: number; first_report: string; last_report: string }[];
}

export interface BriefLine {
  text: string;
  words: string;
  one_outlet: boolean;
  incidents: string[];
  sources: SourceArticle[];
}

export interface Brief {
  title: string;
  as_of: string;
  basis: string;
  sections: { title: string; lines: BriefLine[]; more: number }[];
}

export interface Info {
  version: string;
  articles: number;
  events: number;
  statements: number;
  first_day: string | null;
  last_day: string | null;
  data_version: number | string;
  statuses: string[];
  outlets: { outlet: string; articles: number }[];
  read_only: boolean;
  can_fix?: boolean;
  can_ingest?: boolean;
  as_of_days?: string[];
}

export interface Network {
  nodes: { key: string; name: string; events: number }[];
  links: NetworkLink[];
}

export interface NetworkLink {
  source: string;
  target: string;
  cooperative: number;
  hostile: number;
  events: number;
}

export interface MapCounts {
  events: number;
  cooperative: number;
  hostile: number;
  planned: number;
}

export interface MapPlace extends MapCounts {
  name: string;
  country: string;
  lat: number;
  lon: number;
  precision: string;
  first_day: string;
  last_day: string;
}

export interface MapAnswer {
  places: MapPlace[];
  countries: (MapCounts & { country: string })[];
  unplaced: number;
}

export interface FacetValue {
  value: string;
  count: number;
}
export type Facets = Record<string, FacetValue[]>;

export interface List<T> {
  items: T[];
  next: string | null;
  total: number | null;
}

export interface Coded {
  events: EventRecord[];
  statements: StatementRecord[];
  article: { text: string; blocks: Block[]; title?: string };
}

export interface Snippet {
  article_id: string;
  id?: string;
  doc?: string;
  outlet: string;
  title: string;
  published: string;
  /** The words around the hits, each hit in square brackets. */
  words: string | null;
}

export interface Suggestion {
  text: string;
  kind: string;
  /** A piece of a query: actor=RUS. */
  filter: string;
}
