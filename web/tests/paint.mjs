// How long the brief takes from nothing until it is painted, beside an empty page: npm run paint -- --casus FILE --db FILE [--rounds N]
// Each round has a browser profile of its own, so that nothing is kept of the one before; the two take turns, and medians are told, since
// the machine may be busy. FILE of 100,000 events: store_speed FILE 10000 (bench/store_speed.cc) makes it.
import { createServer } from 'node:http';
import { chromium } from 'playwright-core';
import { CHROMIUM, readOptions, serveDatabase } from './serve.mjs';

const USAGE = 'usage: npm run paint -- --casus FILE --db FILE [--rounds N]';
const { casus } = readOptions(USAGE);
const value = (name) => (process.argv.includes(name) ? process.argv[process.argv.indexOf(name) + 1] : undefined);
const db = value('--db');
const rounds = Number(value('--rounds') ?? 9);
if (!db || !(rounds >= 1)) {
  console.error(USAGE);
  process.exit(2);
}

const EMPTY = '<!doctype html><html lang="en"><title>empty</title><body><article><ul><li>empty</li></ul></article></body></html>';
const LINE = 'article li';

/** Keeps when the first line stood in the page, after the frame that showed it. */
function watchLine(selector) {
  const look = () => {
    if (!document.querySelector(selector)) return;
    observer.disconnect();
    requestAnimationFrame(() => setTimeout(() => (window.shownAt = performance.now())));
  };
  const observer = new MutationObserver(look);
  observer.observe(document, { childList: true, subtree: true });
}

/** Milliseconds from the request: the first paint of anything, and of the first line. */
async function paint(browser, url) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await page.addInitScript(watchLine, LINE);
  await page.goto(url);
  await page.waitForFunction(() => window.shownAt !== undefined);
  const figures = await page.evaluate(() => ({
    first: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN,
    line: window.shownAt,
  }));
  await context.close();
  return figures;
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

const empty = createServer((request, response) => response.setHeader('content-type', 'text/html').end(EMPTY));
await new Promise((resolve) => empty.listen(0, '127.0.0.1', resolve));
const server = await serveDatabase(casus, db);
const browser = await chromium.launch(CHROMIUM);
try {
  const info = await (await fetch(`${server.url}/api/v1/info`)).json();
  await fetch(`${server.url}/api/v1/brief`); // Waits until the crisis is there, which takes longer than any page.
  const taken = { brief: [], empty: [] };
  for (let round = 0; round <= rounds; ++round) {
    const both = {
      empty: await paint(browser, `http://127.0.0.1:${empty.address().port}/`),
      brief: await paint(browser, `${server.url}/`),
    };
    if (round === 0) continue; // The first warms up the browser.
    for (const name of Object.keys(taken)) taken[name].push(both[name]);
  }
  const figures = Object.fromEntries(
    Object.entries(taken).map(([name, all]) => [
      name,
      { first_paint_ms: Math.round(median(all.map(({ first }) => first))), text_ms: Math.round(median(all.map(({ line }) => line))) },
    ]),
  );
  const ratio = figures.brief.text_ms / figures.empty.text_ms;
  console.log(JSON.stringify({ events: info.events, rounds, ...figures, times_an_empty_page: Number(ratio.toFixed(1)) }));
} finally {
  await browser.close();
  await server.close();
  empty.close();
}
