// Stands in for `casus serve` where the page is worked on or tested without it. Its records are made by the program itself
// (`--casus FILE`) from the examples; filtering and counting are plain loops. It is no reference for the API: docs/server.md is.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';

const FILE_TYPES = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.txt': 'text/plain',
};
const CSP =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Offsets in UTF-8 bytes to offsets in UTF-16 units. */
function utf16Offsets(text) {
  const bytes = Buffer.from(text, 'utf8');
  return (offset) => bytes.subarray(0, offset).toString('utf8').length;
}

function deepOffsets(spans, convert) {
  if (spans === null || spans === undefined) return spans;
  if (typeof spans === 'number') return convert(spans);
  if (Array.isArray(spans)) return spans.map((item) => deepOffsets(item, convert));
  return Object.fromEntries(Object.entries(spans).map(([name, value]) => [name, deepOffsets(value, convert)]));
}

class Crisis {
  constructor(casus, inputs) {
    this.casus = casus;
    this.inputs = inputs;
    this.folder = mkdtempSync(join(tmpdir(), 'casus-mock-'));
    this.db = join(this.folder, 'mock.db');
    this.version = 1;
    this.fixes = [];
    this.load();
  }

  run(...options) {
    return execFileSync(this.casus, options, { encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'ignore'] });
  }

  crisis(command, ...options) {
    return JSON.parse(this.run(command, ...this.inputs, '--judge', 'off', '--format', 'json', ...options));
  }

  load() {
    this.run('ingest', ...this.inputs, '--judge', 'off', '--quiet', '--db', this.db);
    for (const name of ['events', 'statements', 'articles']) this[name] = JSON.parse(this.run(name, '--db', this.db, '--format', 'json'));
    for (const name of ['incidents', 'calendar', 'demands', 'posture', 'actors', 'dyads']) this[name] = this.crisis(name);
    const layers = this.run('code', ...this.inputs, '--judge', 'off', '--format', 'jsonl', '--layers', 'places,times')
      .trim()
      .split('\n');
    this.named = layers.filter((line) => line !== '').map((line) => JSON.parse(line));
    const incidentOf = new Map(this.incidents.flatMap(({ id, mentions }) => mentions.map(({ event }) => [event, id])));
    this.events.forEach((event) => (event.incident = incidentOf.get(event.id)));
  }

  close() {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

const sidesOf = (record) => [...(record.source ?? []), ...(record.target ?? [])];

function matchesActor(record, text) {
  const wanted = text.toLowerCase();
  const keys = [...(record.source_keys ?? []), ...(record.target_keys ?? [])];
  return (
    keys.some((key) => key.toLowerCase() === wanted) ||
    sidesOf(record).some((side) =>
      [side.country, side.name, side.key, ...(side.persons ?? [])].some(
        (name) => name && (name.toLowerCase() === wanted || (wanted.length > 3 && name.toLowerCase().includes(wanted))),
      ),
    )
  );
}

const listOf = (query, name) => (query.get(name) ?? '').split(',').filter(Boolean);

function filtered(records, query) {
  const dyad = (query.get('dyad') ?? '').split(/[,>]/).filter(Boolean);
  const day = (record) =>
    (record.date || record.day || (query.get('undated') === '0' ? '' : (record.first_report ?? record.published)) || '').slice(0, 10);
  const outlets = listOf(query, 'outlet').map((name) => name.toLowerCase());
  const place = (query.get('place') ?? '').toLowerCase();
  const placeOf = (record) =>
    (typeof record.place === 'string' ? record.place : `${record.place?.name ?? ''} ${record.place?.country ?? ''}`).toLowerCase();
  const outletsOf = (record) =>
    [record.outlet, ...((record.mentions ?? record.articles ?? []).map?.((item) => item.outlet) ?? [])].filter(Boolean);
  return records.filter(
    (record) =>
      query.getAll('actor').every((actor) => matchesActor(record, actor)) &&
      (dyad.length < 2 || dyad.every((actor) => matchesActor(record, actor))) &&
      (!query.get('type') || listOf(query, 'type').includes(record.type)) &&
      (!query.get('status') || listOf(query, 'status').includes(record.status)) &&
      (!query.get('since') || (day(record) !== '' && day(record) >= query.get('since'))) &&
      (!query.get('until') || (day(record) !== '' && day(record) <= query.get('until'))) &&
      (!query.get('as-of') || (record.first_report ?? record.published ?? record.announced ?? '') <= query.get('as-of')) &&
      (outlets.length === 0 || outletsOf(record).some((name) => outlets.includes(name.toLowerCase()))) &&
      (place === '' || placeOf(record).includes(place)) &&
      (!query.get('min-confidence') || (record.confidence ?? 1) >= Number(query.get('min-confidence'))),
  );
}

function sorted(records, keys) {
  if (!keys) return records;
  return [...records].sort((a, b) => {
    for (const key of keys.split(',')) {
      const name = key.replace(/^-/, '');
      const order = (a[name] < b[name] ? -1 : a[name] > b[name] ? 1 : 0) * (key.startsWith('-') ? -1 : 1);
      if (order !== 0) return order;
    }
    return 0;
  });
}

function page(records, query) {
  const list = sorted(records, query.get('sort'));
  const from = Number(query.get('cursor') ?? 0);
  const limit = Number(query.get('limit') ?? 100);
  const columns = listOf(query, 'columns');
  const items = list.slice(from, from + limit);
  return {
    items: columns.length === 0 ? items : items.map((item) => Object.fromEntries(columns.map((name) => [name, item[name]]))),
    next: from + limit < list.length ? String(from + limit) : null,
    total: list.length,
  };
}

function counted(values) {
  const counts = new Map();
  for (const value of values) if (value) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
}

function balance(records) {
  const of = (status, low, high) =>
    records.filter((record) => record.status === status && record.quad >= low && record.quad <= high).length;
  return {
    events: records.length,
    cooperative: of('actual', 1, 2),
    hostile: of('actual', 3, 4),
    planned: records.filter(({ status }) => status === 'planned').length,
  };
}

function grouped(records, key) {
  const groups = {};
  for (const record of records) (groups[key(record)] ??= []).push(record);
  return groups;
}

class NotFound extends Error {}

const LISTS = ['events', 'statements', 'incidents', 'calendar', 'demands', 'posture', 'actors', 'dyads', 'articles'];

const routes = {
  info: (crisis) => ({
    version: '0.0.0-mock',
    articles: crisis.articles.length,
    events: crisis.events.length,
    statements: crisis.statements.length,
    first_day: crisis.articles.map(({ published }) => published).sort()[0] ?? null,
    last_day:
      crisis.articles
        .map(({ published }) => published)
        .sort()
        .at(-1) ?? null,
    data_version: crisis.version,
    statuses: ['actual', 'planned', 'conditional', 'denied'],
    read_only: true,
    can_fix: true,
    can_ingest: false,
    outlets: counted(crisis.articles.map(({ outlet }) => outlet)).map(({ value, count }) => ({ outlet: value, articles: count })),
    as_of_days: [...new Set(crisis.articles.map(({ published }) => published))].sort(),
  }),
  brief: (crisis, query) =>
    crisis.crisis(
      'brief',
      ...['as-of', 'since', 'actor', 'min-confidence'].flatMap((name) => query.getAll(name).flatMap((value) => [`--${name}`, value])),
    ),
  facets: (crisis, query) => {
    const records = filtered(query.get('unit') === 'incidents' ? crisis.incidents : crisis.events, query);
    const without = (name) => {
      const rest = new URLSearchParams(query);
      rest.delete(name);
      return filtered(query.get('unit') === 'incidents' ? crisis.incidents : crisis.events, rest);
    };
    const facet = {
      type: () => counted(without('type').map(({ type }) => type)),
      status: () => counted(without('status').map(({ status }) => status)),
      outlet: () => counted(without('outlet').flatMap((record) => (record.mentions ?? [record]).map(({ outlet }) => outlet))),
      day: () => counted(records.map((record) => (record.date || record.first_report || '').slice(0, 10))),
      published: () => counted(crisis.articles.map(({ published }) => published)),
    };
    return Object.fromEntries(listOf(query, 'of').map((name) => [name, facet[name]?.() ?? []]));
  },
  network: (crisis, query) => {
    const links = new Map();
    const nodes = new Map();
    for (const incident of filtered(crisis.incidents, query).filter(({ status }) => status === 'actual')) {
      for (const source of incident.source_keys) {
        for (const target of incident.target_keys) {
          if (source === target) continue;
          const [a, b] = [source, target].sort();
          const link = links.get(`${a} ${b}`) ?? { source: a, target: b, cooperative: 0, hostile: 0, events: 0 };
          link.events += 1;
          link[incident.quad <= 2 ? 'cooperative' : 'hostile'] += 1;
          links.set(`${a} ${b}`, link);
          for (const key of [a, b]) nodes.set(key, (nodes.get(key) ?? 0) + 1);
        }
      }
    }
    const name = (key) => crisis.actors.find((actor) => actor.key === key)?.name ?? key;
    return {
      nodes: [...nodes].map(([key, events]) => ({ key, name: name(key), events })),
      links: [...links.values()].sort((a, b) => b.events - a.events),
    };
  },
  map: (crisis, query) => {
    const records = filtered(crisis.events, query);
    const fine = Object.values(
      grouped(
        records.filter(({ place }) => place?.lat != null && place.precision !== 'country'),
        ({ place }) => `${place.name}/${place.country}`,
      ),
    );
    const coarse = grouped(
      records.filter(({ place }) => place && (place.lat == null || place.precision === 'country')),
      ({ place }) => place.country,
    );
    const places = fine.map((group) => {
      const days = group.map(({ date, published }) => (date || published).slice(0, 10)).sort();
      const { name, country, lat, lon, precision } = group[0].place;
      return { name, country, lat, lon, precision, ...balance(group), first_day: days[0], last_day: days.at(-1) };
    });
    return {
      places,
      countries: Object.entries(coarse).map(([country, group]) => ({ country, ...balance(group) })),
      unplaced: records.filter(({ place }) => !place).length,
    };
  },
  search: (crisis, query) => {
    const words = (query.get('q') ?? '').toLowerCase().replaceAll('"', '').split(/\s+/).filter(Boolean);
    const hits = crisis.articles.filter(({ text }) => words.every((word) => text.toLowerCase().includes(word)));
    return page(
      hits.map(({ id, article_id, outlet, title, published, text }) => {
        const at = text.toLowerCase().indexOf(words[0] ?? '');
        return {
          doc: id,
          article_id,
          outlet,
          title,
          published,
          words: `${text.slice(Math.max(0, at - 80), at)}[${words[0]}]${text.slice(at + words[0].length, at + 120)}`.replaceAll('\n', ' '),
        };
      }),
      query,
    );
  },
  suggest: (crisis, query) => {
    const wanted = (query.get('q') ?? '').toLowerCase();
    const actors = crisis.actors.filter(({ name, names }) => [name, ...names].some((text) => text.toLowerCase().includes(wanted)));
    return {
      items: actors.slice(0, 8).map(({ key, name }) => ({ text: name, kind: 'actor', filter: `actor=${encodeURIComponent(key)}` })),
    };
  },
};

function articlePage(crisis, id) {
  const article = crisis.articles.find((candidate) => candidate.article_id === id || candidate.id === id);
  if (!article) throw new NotFound(`There is no article ${id}`);
  return decorated(
    article,
    crisis.events.filter(({ article_id }) => article_id === article.article_id),
    crisis.statements.filter(({ article_id }) => article_id === article.article_id),
    crisis.named.filter(({ article_id }) => article_id === article.article_id),
  );
}

function decorated(article, events, statements, named) {
  const convert = utf16Offsets(article.text);
  const withSpans = (record) => ({ ...record, spans16: deepOffsets(record.spans, convert) });
  const withEnds = (item) => ({ ...item, begin16: convert(item.begin), end16: convert(item.end) });
  return {
    ...article,
    blocks: article.blocks.map(withEnds),
    events: events.map(withSpans),
    statements: statements.map(withSpans),
    places: named.filter(({ record }) => record === 'place').map(withEnds),
    times: named.filter(({ record }) => record === 'time').map(withEnds),
    incidents: events.flatMap(({ id, incident }) => (incident ? [{ id: incident, text: '', event: id }] : [])),
  };
}

function incidentPage(crisis, id) {
  const incident = crisis.incidents.find((candidate) => candidate.id === id);
  if (!incident) throw new NotFound(`There is no incident ${id}`);
  return {
    ...incident,
    mentions: incident.mentions.map((mention) => ({ ...mention, record: crisis.events.find((event) => event.id === mention.event) })),
  };
}

function code(crisis, { text, published = '2000-01-01', title = '' }) {
  const options = ['--judge', 'off', '--format', 'jsonl', '--published', published];
  const run = (command, ...more) =>
    execFileSync(crisis.casus, [command, '-', ...more], {
      input: title ? `${title}\n\n${text}` : text,
      encoding: 'utf8',
      stdio: ['pipe', 'pipe', 'ignore'],
    })
      .trim()
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line));
  const records = run('code', ...options);
  const [article] = run('articles', '--format', 'jsonl', '--published', published);
  return (({ events, statements, ...rest }) => ({ events, statements, article: rest }))(
    decorated(
      article,
      records.filter(({ record }) => record === 'event'),
      records.filter(({ record }) => record === 'statement'),
      [],
    ),
  );
}

function explain(crisis, id) {
  const lines = crisis.run('explain', ...crisis.inputs, '--event', id, '--format', 'jsonl').trim();
  if (lines === '') throw new NotFound(`There is no event ${id}`);
  return { items: lines.split('\n').map((line) => JSON.parse(line)) };
}

/** The answer to a GET or POST below /api/v1. */
function answer(crisis, method, path, query, body) {
  const [name, id] = path.replace(/\.json$/, '').split('/');
  if (method === 'POST' && name === 'code') return code(crisis, body);
  if (method === 'POST' && name === 'fixes') {
    const fix = { fix: String(crisis.fixes.length + 1), ...body };
    crisis.fixes.push(fix);
    return fix;
  }
  if (method === 'DELETE' && name === 'fixes') {
    crisis.fixes = crisis.fixes.filter(({ fix }) => fix !== id);
    return {};
  }
  if (name === 'fixes') return { items: crisis.fixes, next: null, total: crisis.fixes.length };
  if (name === 'articles' && id) return articlePage(crisis, id);
  if (name === 'incidents' && id) return incidentPage(crisis, id);
  if (name === 'explain' && id) return explain(crisis, id);
  if (name === 'dyads' && query.get('dyad')) {
    const sides = query.get('dyad').split(/[,>]/).sort();
    return page(
      crisis.dyads.filter(({ a, b }) => a === sides[0] && b === sides[1]),
      query,
    );
  }
  if (LISTS.includes(name)) return page(filtered(crisis[name], query), query);
  if (routes[name]) return routes[name](crisis, query);
  throw new NotFound(`There is nothing under ${path}`);
}

/** Answers with a file of `folder`, or with its index.html for an address of a view. */
export function serveFile(folder, path, response) {
  const file = join(folder, normalize(path));
  const found = file.startsWith(folder) && extname(file) !== '' && existsSync(file) ? file : join(folder, 'index.html');
  response.writeHead(200, {
    'Content-Type': `${FILE_TYPES[extname(found)] ?? 'application/octet-stream'}; charset=utf-8`,
    'Content-Security-Policy': CSP,
  });
  response.end(readFileSync(found));
}

/** Starts the mock; `close()` ends it and removes its database. `ingest(inputs)` adds articles and tells the streams. */
export function startMock({ casus, inputs, dist, port = 0 }) {
  const crisis = new Crisis(casus, inputs);
  const streams = new Set();
  const server = createServer((request, response) => {
    const url = new URL(request.url, 'http://localhost');
    if (!url.pathname.startsWith('/api/v1/')) return serveFile(dist, url.pathname, response);
    if (url.pathname === '/api/v1/stream') {
      response.writeHead(200, { 'Content-Type': 'text/event-stream' });
      response.write(': hello\n\n');
      streams.add(response);
      response.on('close', () => streams.delete(response));
      return undefined;
    }
    let text = '';
    request.on('data', (piece) => (text += piece));
    request.on('end', () => {
      try {
        const result = answer(
          crisis,
          request.method,
          decodeURIComponent(url.pathname.slice('/api/v1/'.length)),
          url.searchParams,
          text === '' ? {} : JSON.parse(text),
        );
        response.writeHead(200, { 'Content-Type': 'application/json' });
        response.end(JSON.stringify(result));
      } catch (error) {
        const status = error instanceof NotFound ? 404 : 500;
        response.writeHead(status, { 'Content-Type': 'application/problem+json' });
        response.end(
          JSON.stringify({ type: 'about:blank', title: status === 404 ? 'Not found' : 'The mock failed', status, detail: error.message }),
        );
      }
    });
    return undefined;
  });
  return new Promise((resolve) => {
    server.listen(port, '127.0.0.1', () =>
      resolve({
        url: `http://127.0.0.1:${server.address().port}`,
        ingest(more) {
          crisis.inputs.push(...more);
          crisis.version += 1;
          crisis.load();
          for (const stream of streams) stream.write(`event: article\ndata: {"data_version":${crisis.version}}\n\n`);
        },
        close() {
          for (const stream of streams) stream.destroy();
          server.close();
          crisis.close();
        },
      }),
    );
  });
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const [casus, ...inputs] = process.argv.slice(2);
  if (!casus || inputs.length === 0) {
    console.error('usage: node tests/mock/server.mjs CASUS INPUT...   (serves dist/ on port 8080)');
    process.exit(2);
  }
  const mock = await startMock({
    casus,
    inputs,
    dist: new URL('../../dist', import.meta.url).pathname,
    port: Number(process.env.PORT ?? 8080),
  });
  console.log(`open ${mock.url}`);
}
