// Pictures of the page for the documents: npm run screenshots -- --casus FILE [--mock] [--out FOLDER]
// They are taken from a database of the examples, so that everybody gets the same ones.
import { mkdirSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { CHROMIUM, readOptions, startServer } from './serve.mjs';

const options = readOptions('usage: npm run screenshots -- --casus FILE [--mock] [--out FOLDER]');
const folder = options.out ?? fileURLToPath(new URL('../../docs/images', import.meta.url));
const MOST_BYTES = 150_000;

const WIDE = { width: 1040, height: 640 };
const LOW = { width: 1040, height: 540 };
const PICTURES = [
  { name: 'brief', address: '/?as-of=2008-08-13&since=2008-08-12&actor=RUS&actor=GEO', viewport: WIDE },
  { name: 'timeline', address: '/timeline?since=2008-08-05&until=2008-09-03&as-of=2008-08-27', viewport: WIDE },
  { name: 'article', address: '/articles/georgia-1', viewport: LOW, click: '.trigger[data-event]' },
  { name: 'map', address: '/map?since=2008-08-01&until=2008-09-10', viewport: WIDE, element: '.map' },
  { name: 'dyad', address: '/dyads?dyad=SUN,USA', viewport: WIDE, colorScheme: 'dark' },
  { name: 'phone', address: '/calendar', viewport: { width: 390, height: 760 } },
];

mkdirSync(folder, { recursive: true });
const server = await startServer(options);
const browser = await chromium.launch(CHROMIUM);
try {
  for (const { name, address, viewport, colorScheme = 'light', click, element } of PICTURES) {
    const page = await browser.newPage({ viewport, colorScheme, locale: 'en-GB', reducedMotion: 'reduce' });
    await page.goto(server.url + address);
    await page.locator('h1').waitFor({ state: 'attached' });
    if (address.startsWith('/map')) await page.locator('path.land').first().waitFor({ state: 'attached' });
    await page.waitForFunction(() => !document.querySelector('[aria-busy="true"]'));
    if (click) await page.locator(click).first().click();
    await page.waitForTimeout(300);
    const path = join(folder, `web-${name}.png`);
    await (element ? page.locator(element) : page).screenshot({ path });
    await page.close();
    const { size } = statSync(path);
    console.log(`${path} ${Math.round(size / 1000)} kB`);
    if (size > MOST_BYTES) throw new Error(`${path} is larger than ${MOST_BYTES} bytes`);
  }
} finally {
  await browser.close();
  await server.close();
}
