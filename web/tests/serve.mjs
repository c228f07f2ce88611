// A server to test against: `casus serve` over a database that is made here, or with `mock` the one of tests/mock.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request as forward } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serveFile, startMock } from './mock/server.mjs';

const EXAMPLES = ['cuba_1962', 'falklands_1982', 'georgia_2008', 'gulf_1990', 'qatar_2017.jsonl'];
const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));
// Built, the page's sources are copied, so that the examples are not beside them: CASUS_SOURCE tells where they are.
const root = process.env.CASUS_SOURCE ?? path('../..');
export const examples = EXAMPLES.map((name) => `${root}/examples/${name}`);
export const TOKEN = 'token-of-the-end-to-end-tests';
const START_MS = 60_000;
const SKIPPED = 77; // As ctest and automake have it.
const NO_CHROMIUM = 'skipped: there is no Chromium (apt-get install chromium; or CHROMIUM=FILE)';

/** Chromium as the tests need it: nothing of it speaks to the network. */
export const CHROMIUM = {
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run',
    '--disable-quic',
  ],
};

/** A file with articles, as JSON Lines. */
export function articlesFile(articles) {
  const folder = mkdtempSync(join(tmpdir(), 'casus-e2e-articles-'));
  const file = join(folder, 'articles.jsonl');
  writeFileSync(file, articles.map((article) => JSON.stringify(article)).join('\n') + '\n');
  return { file, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** `casus serve` over a database that is there: { url, close() }. */
export async function serveDatabase(casus, db, more = []) {
  const server = spawn(casus, ['serve', '--db', db, '--port', '0', '--judge', 'off', ...more], {
    env: { ...process.env, CASUS_TOKEN: TOKEN },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const url = await new Promise((resolve, reject) => {
    let said = '';
    const timer = setTimeout(() => reject(new Error(`casus serve did not start:\n${said}`)), START_MS);
    server.stderr.on('data', (piece) => {
      said += piece;
      const found = /open (http:\/\/\S+?)\/? in a browser/.exec(said);
      if (!found) return;
      clearTimeout(timer);
      resolve(found[1]);
    });
    server.on('exit', (status) => reject(new Error(`casus serve ended with status ${status}:\n${said}`)));
  });
  return {
    url,
    async close() {
      const ended = new Promise((resolve) => server.once('exit', resolve));
      server.kill('SIGINT');
      await ended;
    },
  };
}

async function startCasus(casus, inputs) {
  const folder = mkdtempSync(join(tmpdir(), 'casus-e2e-'));
  const db = join(folder, 'e2e.db');
  const ingest = (files) =>
    execFileSync(casus, ['ingest', ...files, '--judge', 'off', '--quiet', '--db', db], { stdio: ['ignore', 'ignore', 'inherit'] });
  ingest(inputs);
  const server = await serveDatabase(casus, db, ['--allow-ingest']);
  return {
    url: server.url,
    ingest,
    async close() {
      await server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The page of web/dist in front of the API of `server`: tests a page that was just built without building the program anew. */
async function startFront(server) {
  const target = new URL(server.url);
  const front = createServer((request, response) => {
    if (!request.url.startsWith('/api/')) return serveFile(path('../dist'), new URL(request.url, 'http://localhost').pathname, response);
    const headers = { ...request.headers, host: target.host, ...(request.headers.origin ? { origin: server.url } : {}) };
    const passed = forward({ hostname: '127.0.0.1', port: target.port, path: request.url, method: request.method, headers }, (answer) => {
      response.writeHead(answer.statusCode, answer.headers);
      answer.pipe(response);
    });
    passed.on('error', () => response.destroy());
    response.on('close', () => passed.destroy());
    return request.pipe(passed);
  });
  await new Promise((resolve) => front.listen(0, '127.0.0.1', resolve));
  return {
    ...server,
    url: `http://127.0.0.1:${front.address().port}`,
    async close() {
      front.closeAllConnections();
      front.close();
      await server.close();
    },
  };
}

/** Starts a server with the examples and `more` inputs: { url, ingest(files), close() }. */
export async function startServer({ casus, mock, dist, more = [] }) {
  const inputs = [...examples, ...more];
  if (mock) return startMock({ casus, inputs, dist: path('../dist') });
  const server = await startCasus(casus, inputs);
  return dist ? startFront(server) : server;
}

/** `--casus FILE`, `--mock`, `--dist` (the page of web/dist, not the one in the program) and what the caller adds, from the command line. */
export function readOptions(usage) {
  const given = process.argv.slice(2);
  const value = (name) => (given.includes(name) ? given[given.indexOf(name) + 1] : undefined);
  const casus = value('--casus') ?? process.env.CASUS;
  if (!casus) {
    console.error(usage);
    process.exit(2);
  }
  const missing = !existsSync(casus)
    ? [2, `no such program: ${casus}`]
    : !existsSync(CHROMIUM.executablePath)
      ? [SKIPPED, NO_CHROMIUM]
      : [];
  if (missing.length > 0) {
    console.error(missing[1]);
    process.exit(missing[0]);
  }
  if ((given.includes('--mock') || given.includes('--dist')) && !existsSync(path('../dist/index.html'))) {
    console.error('web/dist is missing: npm run build makes it');
    process.exit(2);
  }
  return { casus, mock: given.includes('--mock'), dist: given.includes('--dist'), only: value('--only'), out: value('--out') };
}
