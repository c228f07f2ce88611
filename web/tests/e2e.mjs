// End-to-end tests of the page in headless Chromium: npm run e2e -- --casus FILE [--mock | --dist] [--only WORDS]
// Every test also fails on an error in the page, a breach of its Content-Security-Policy, or a request to another host.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { gzipSync } from 'node:zlib';
import { chromium } from 'playwright-core';
import { hostileArticle, newsArticle } from './hostile.mjs';
import { articlesFile, CHROMIUM, readOptions, startServer, TOKEN } from './serve.mjs';

const options = readOptions(
  'usage: npm run e2e -- --casus FILE [--mock | --dist] [--only WORDS]   (FILE: the program; --mock: without casus serve; --dist: with the page of web/dist)',
);
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const tests = [];
const test = (name, run) => tests.push({ name, run });

// ---- what the tests have in common

const VIEWS = {
  '/': 'Situation on',
  '/timeline': 'Timeline',
  '/incidents': 'Incidents',
  '/dyads': 'Dyads',
  '/map': 'Map',
  '/calendar': 'Calendar',
  '/demands': 'Demands and answers',
  '/posture': 'Posture',
  '/actors': 'Actors',
  '/articles': 'Articles',
  '/search?q=troops': 'Search',
  '/review': 'Review',
  '/try': 'Try it',
};

async function open(page, address) {
  await page.goto(server.url + address);
  await page.locator('h1').waitFor();
  await settled(page);
}
/** Waits until nothing is on its way. */
async function settled(page) {
  await page.waitForFunction(
    () =>
      !document.querySelector('[aria-busy="true"]') &&
      ![...document.querySelectorAll('[role="status"]')].some((element) => element.textContent?.startsWith('Loading')),
  );
}
const heading = (page) => page.locator('h1').first().innerText();
const api = async (resource) => {
  const response = await fetch(`${server.url}/api/v1/${resource}`);
  assert.ok(response.ok, `${resource}: ${response.status}`);
  return response.json();
};
const query = (page) => new URL(page.url()).searchParams;

// ---- views

for (const [address, title] of Object.entries(VIEWS)) {
  test(`view ${address} shows itself`, async (page) => {
    await open(page, address);
    assert.match(await heading(page), new RegExp(`^${title}`));
    assert.equal(await page.locator('[role="alert"]').count(), 0);
    assert.match(await page.title(), /– casus$/);
    if (address !== '/try') assert.ok((await page.locator('main').innerText()).length > 200, 'the view has content');
  });
}

test('brief: each line leads to its incident and to the words', async (page) => {
  await open(page, '/');
  const brief = await api('brief');
  const lines = brief.sections.flatMap(({ lines: list }) => list);
  assert.equal(await page.locator('article li').count(), lines.length);
  await page.locator('article a.line').first().click();
  await page.waitForURL(/\/incidents\/[0-9a-f]+/);
  await settled(page);
  await page.locator('a[data-evidence]').first().click();
  await page.waitForURL(/\/articles\/[0-9a-f]+\?event=/);
  await settled(page);
  assert.equal((await page.locator('.trigger[aria-current="true"]').count()) > 0, true);
});

test('brief: the day slider goes back in time, and the address keeps it', async (page) => {
  await open(page, '/');
  const slider = page.getByRole('slider', { name: 'As of the day' });
  await slider.focus();
  await page.keyboard.press('ArrowLeft');
  await page.waitForFunction(() => new URL(location.href).searchParams.has('as-of'));
  const day = query(page).get('as-of');
  await settled(page);
  const expected = await api(`brief?as-of=${day}`);
  await page.waitForFunction((title) => document.querySelector('h1')?.textContent === title, expected.title);
  await page.reload();
  await page.waitForFunction((title) => document.querySelector('h1')?.textContent === title, expected.title);
  await page.getByRole('combobox', { name: 'New since' }).selectOption({ label: 'a month before' });
  await page.waitForFunction(() => new URL(location.href).searchParams.has('since'));
});

test('brief: asked for once, and no other view is loaded with it', async (page) => {
  const paths = [];
  page.on('request', (request) => paths.push(new URL(request.url()).pathname));
  await open(page, '/');
  assert.equal(paths.filter((path) => path === '/api/v1/brief').length, 1);
  assert.deepEqual(
    paths.filter((path) => /View-/.test(path)),
    [],
  );
  await page.getByRole('link', { name: 'Posture', exact: true }).click();
  await page.getByRole('heading', { name: 'Posture' }).waitFor();
  assert.equal(paths.filter((path) => /View-/.test(path)).length, 1);
});

test('a view that cannot be loaded says so and how to go on', async (page) => {
  page.allow(/Failed to load resource/);
  await open(page, '/');
  await page.route('**/assets/PostureView-*', (route) => route.abort());
  await page.getByRole('link', { name: 'Posture', exact: true }).click();
  await page.getByRole('heading', { name: 'This view cannot be loaded' }).waitFor();
  await page.unroute('**/assets/PostureView-*');
  await page.getByRole('button', { name: 'Load the page anew' }).click();
  await page.getByRole('heading', { name: 'Posture' }).waitFor();
});

test('brief: only about an actor', async (page) => {
  await open(page, '/?as-of=2008-08-13');
  await page.getByLabel('Only about this actor').fill('Russia');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => new URL(location.href).searchParams.get('actor') === 'RUS');
  await settled(page);
  assert.match(await page.locator('main').innerText(), /Russia/);
});

test('timeline: lanes, marks and list have the same acts', async (page) => {
  await open(page, '/timeline?since=2008-08-01&until=2008-09-10');
  const { items } = await api('incidents?since=2008-08-01&until=2008-09-10&limit=1000');
  const marks = new Set(await page.locator('svg a.mark').evaluateAll((list) => list.map((mark) => mark.getAttribute('href'))));
  assert.equal(marks.size, items.length);
  assert.equal(await page.locator('ul li[data-row]').count(), Math.min(150, items.length));
});

test('timeline: what is planned stands ahead of today', async (page) => {
  await open(page, '/timeline?as-of=2008-08-27&since=2008-08-20&until=2008-09-10');
  assert.equal(await page.locator('svg text', { hasText: 'ahead' }).count(), 1);
  const planned = page.locator('svg a.mark.planned');
  assert.ok((await planned.count()) > 0);
});

test('timeline: zoom and move by buttons and keys; the step back undoes them', async (page) => {
  await open(page, '/timeline?since=2008-08-01&until=2008-08-31');
  await page.getByRole('button', { name: 'Zoom in' }).click();
  await page.waitForFunction(() => new URL(location.href).searchParams.get('since') !== '2008-08-01');
  await page.goBack();
  await page.waitForFunction(() => new URL(location.href).searchParams.get('since') === '2008-08-01');
  await settled(page);
  await page.locator('svg[aria-label^="Acts by actor"]').focus();
  await page.keyboard.press('ArrowRight');
  await page.waitForFunction(() => new URL(location.href).searchParams.get('since') > '2008-08-01');
});

test('timeline: the brush sets the window by pointer and by keys', async (page) => {
  await open(page, '/timeline?since=2008-08-01&until=2008-08-31');
  const box = await page.locator('.brush svg').boundingBox();
  await page.mouse.move(box.x + box.width * 0.1, box.y + 10);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.4, box.y + 12, { steps: 4 });
  await page.mouse.up();
  await page.waitForFunction(() => new URL(location.href).searchParams.get('since') < '1990-01-01');
  const before = query(page).get('since');
  await page.getByRole('slider', { name: 'First day' }).focus();
  await page.keyboard.press('ArrowRight');
  await page.waitForFunction((day) => new URL(location.href).searchParams.get('since') > day, before);
});

test('dyads: the network and its table; a pair over time', async (page) => {
  await open(page, '/dyads');
  const network = await api('network');
  assert.equal(await page.locator('tbody tr').count(), Math.min(40, network.links.length));
  await page.getByRole('link', { name: 'Georgia – Russia' }).click();
  await page.waitForURL(/dyad=GEO,RUS/);
  await settled(page);
  const rows = (await api('dyads?dyad=GEO,RUS')).items.filter(({ a, b }) => a === 'GEO' && b === 'RUS');
  await page.getByText('The figure as a table').click();
  assert.equal(await page.locator('details table tbody tr').count(), rows.length);
  assert.ok((await page.locator('svg .turn').count()) <= rows.filter(({ change }) => change).length);
  await page.locator('svg a[aria-label*="cooperative"]').first().click({ force: true });
  await page.waitForURL(/\/incidents\?dyad=GEO,RUS&since=/);
});

test('map: places are dots, countries squares, the tables have both', async (page) => {
  await open(page, '/map');
  await page.locator('path.land').first().waitFor({ state: 'attached' });
  const map = await api('map');
  assert.equal(await page.locator('svg g.dot').count(), map.places.length);
  assert.ok((await page.locator('svg g.square').count()) <= map.countries.length);
  assert.ok((await page.locator('svg g.square').count()) > 0);
  assert.ok((await page.locator('path.disputed').getAttribute('d')).length > 100, 'disputed borders are drawn');
  await page.getByText('The same as tables').click();
  assert.equal(await page.locator('details tbody tr').count(), map.places.length + map.countries.length);
  await page.getByRole('button', { name: 'Forces' }).click();
  await page.waitForFunction(() => document.querySelectorAll('svg text.force').length > 0);
  await page.getByRole('button', { name: /Meetings/ }).click();
  await page.waitForFunction(() => document.querySelectorAll('svg g.dot path').length > 0);
});

test('forces without a number stand on map and posture by their words', async (page) => {
  const { items } = await api('posture');
  const vague = {
    ...items[0],
    low: null,
    high: null,
    as_told: ['several thousand troops'],
    place_lat: 41.7,
    place_lon: 44.8,
    status: 'actual',
  };
  await page.route('**/api/v1/posture?*', (route) => route.fulfill({ json: { items: [vague], next: null, total: 1 } }));
  await open(page, '/posture');
  assert.match(await page.locator('tbody tr[data-row]').innerText(), /no number[\s\S]*several thousand troops/);
  await open(page, '/map?posture=1');
  await page.locator('svg text.force').waitFor();
  assert.match(await page.locator('svg text.force').textContent(), /several thousand troops/);
});

test('calendar and demands: the tabs choose', async (page) => {
  await open(page, '/calendar');
  const calendar = await api('calendar?limit=1000');
  await page.getByRole('button', { name: /took place/ }).click();
  await page.waitForURL(/outcome=took/);
  assert.equal(await page.locator('tbody tr').count(), calendar.items.filter(({ outcome }) => outcome === 'took place').length);
  await open(page, '/demands?answer=rejected');
  const demands = await api('demands?limit=1000');
  assert.equal(await page.locator('tbody tr').count(), demands.items.filter(({ answer }) => answer === 'rejected').length);
});

test('incident: all mentions side by side, agreement told', async (page) => {
  const { items } = await api('incidents?limit=1000');
  const incident = items.filter(({ sources }) => sources > 1)[0] ?? items[0];
  await open(page, `/incidents/${incident.id}`);
  assert.equal(await heading(page), incident.text);
  assert.equal(await page.locator('.side article').count(), incident.mentions.length);
  assert.match(await page.locator('main').innerText(), /They agree|They differ|One report/);
});

test('article: a click on a mark shows the record and why', async (page) => {
  await open(page, '/articles/georgia-1');
  await page.locator('.trigger[data-event]').first().click();
  await page.waitForURL(/event=[0-9a-f]+/);
  await page.getByRole('button', { name: 'Why was it coded so?' }).click();
  await page.locator('.why').waitFor();
  assert.match(await page.locator('.why').innerText(), /Rule[\s\S]*Status[\s\S]*Confidence/);
  const [text, article] = [await page.locator('.text').innerText(), await api('articles/georgia-1')];
  assert.ok(text.replaceAll(/\s+/g, '').includes(article.text.replaceAll(/\s+/g, '').slice(0, 300)), 'the text is shown as it is');
  const shown = await page.locator('.text p.block').evaluateAll((list) => list.map((block) => block.textContent));
  assert.deepEqual(
    shown.map((words) => words.trim()),
    article.blocks.map(({ begin16, end16 }) => article.text.slice(begin16, end16).trim()),
  );
});

test('article: marks cover the words of their events', async (page) => {
  const article = await api('articles/georgia-1');
  for (const event of article.events.slice(0, 6)) {
    await open(page, `/articles/georgia-1?event=${event.id}`);
    const marked = (await page.locator('.text .is-trigger').allInnerTexts()).join('');
    const [begin, end] = event.spans16.trigger;
    assert.equal(marked.replaceAll(/\s/g, ''), article.text.slice(begin, end).replaceAll(/\s/g, ''));
  }
});

test('try it: a text is coded and not stored', async (page) => {
  const before = (await api('info')).articles;
  await open(page, '/try');
  await page.getByLabel('Text of a report').fill('Russia attacked Georgia on Friday, officials said.');
  await page.getByLabel('Published on').fill('2008-08-10');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Code it' }).click();
  await page.getByText(/1 event and/).waitFor();
  assert.match(await page.locator('aside').first().innerText(), /ASSAULT[\s\S]*8 Aug 2008/);
  assert.equal((await api('info')).articles, before);
});

test('search: suggestions by keyboard, hits with their words', async (page) => {
  await open(page, '/');
  await page.keyboard.press('/');
  await page.keyboard.type('medv');
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/incidents\?actor=/);
  await page.keyboard.press('/');
  await page.getByRole('combobox', { name: 'Search' }).fill('tanks');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/search\?q=tanks/);
  await settled(page);
  assert.ok((await page.locator('mark').count()) > 0);
  await open(page, '/search?q=zzzqqq');
  assert.match(await page.locator('main').innerText(), /No article has/);
});

// ---- filters

const FILTER_CASES = [
  ['actor', 'RUS'],
  ['dyad', 'GEO,RUS'],
  ['type', 'ASSAULT,THREATEN'],
  ['status', 'planned'],
  ['outlet', 'Harbour Courier'],
  ['place', 'Georgia'],
  ['since', '2008-08-10'],
  ['until', '1990-12-31'],
  ['as-of', '1982-12-31'],
  ['min-confidence', '0.7'],
];
for (const [name, value] of FILTER_CASES) {
  test(`filter ${name} by deep link is that of the API`, async (page) => {
    const parameters = new URLSearchParams({ [name]: value });
    await open(page, `/incidents?${parameters}`);
    const { items, total } = await api(`incidents?${parameters}&limit=100`);
    assert.ok(items.length > 0 && total < (await api('incidents?limit=1')).total, 'the filter leaves some out and some in');
    const shown = await page
      .locator('li[data-row] a[href^="/incidents/"]')
      .evaluateAll((list) => list.map((link) => link.getAttribute('href').split('/').pop()));
    assert.deepEqual(
      new Set(shown.slice(0, 100)),
      new Set((await api(`incidents?${parameters}&limit=100&sort=-weight`)).items.map(({ id }) => id)),
    );
  });
}

test('filters are set by hand and cleared', async (page) => {
  await open(page, '/incidents');
  const bar = page.getByRole('group', { name: 'Filters' });
  await bar.getByLabel('Actor: a name or a code').fill('Qatar');
  await page.keyboard.press('Enter');
  await page.waitForURL(/actor=QAT/);
  await bar.locator('summary', { hasText: 'Type' }).click();
  await bar.getByRole('checkbox', { name: /ACCUSE/ }).check();
  await page.waitForURL(/type=ACCUSE/);
  await bar.locator('summary', { hasText: 'Status' }).click();
  await bar.getByRole('checkbox', { name: /actual/ }).check();
  await page.waitForURL(/status=actual/);
  await bar.getByLabel('Act from').fill('2017-01-01');
  await page.waitForURL(/since=2017-01-01/);
  await bar.getByLabel('Confidence').selectOption('0.5');
  await page.waitForURL(/min-confidence=0.5/);
  await bar.getByRole('button', { name: 'Clear all' }).click();
  await page.waitForFunction(() => location.search === '');
});

test('an empty view says so and how to go on', async (page) => {
  await open(page, '/incidents?actor=NRU');
  assert.match(await page.locator('main').innerText(), /No incidents under these filters/);
  await page.getByRole('button', { name: 'Take all filters away' }).click();
  await page.waitForFunction(() => location.search === '');
});

test('a filter that is none is named, with what it may be, and can be taken away', async (page) => {
  page.allow(/400/);
  await page.goto(`${server.url}/incidents?type=WAR&status=actual`);
  const alert = page.getByRole('alert');
  await alert.waitFor();
  assert.match(await alert.innerText(), /type cannot be used[\s\S]*No such type: WAR[\s\S]*It may be: AGREE, CONSULT/);
  await alert.getByRole('button', { name: 'Take this filter away' }).click();
  await page.waitForFunction(() => location.search === '?status=actual');
  await settled(page);
  assert.equal(await page.getByRole('alert').count(), 0);
});

test('what is not there is told', async (page) => {
  page.allow(/404/);
  await open(page, '/nowhere');
  assert.equal(await heading(page), 'There is no such view');
  await page.goto(`${server.url}/incidents/0000000000000000`);
  await page.getByRole('alert').waitFor();
});

// ---- keys, downloads, looks

test('keyboard: g and a letter, j k o e, ?', async (page) => {
  await open(page, '/');
  await page.keyboard.press('g');
  await page.keyboard.press('i');
  await page.waitForURL(/\/incidents$/);
  await settled(page);
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('k');
  const first = await page.locator('li[data-row] a').first().getAttribute('href');
  await page.keyboard.press('o');
  await page.waitForURL((url) => url.pathname === first);
  await settled(page);
  await page.keyboard.press('j');
  await page.keyboard.press('e');
  await page.waitForURL(/\/articles\//);
  await page.keyboard.press('?');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
});

test('review: right, wrong, fix and undo by keyboard', async (page) => {
  await open(page, '/review?actor=RUS');
  if (!options.mock) {
    await page.getByText('Enter fixes in the database').click();
    await page.getByLabel('Token').fill(TOKEN);
    await page.getByLabel('Your name').fill('e2e');
    await page.getByRole('heading', { name: 'Review' }).click();
  }
  await page.keyboard.press('y');
  await page.getByText(/Event 2 of/).waitFor();
  await page.keyboard.press('n');
  await page.getByText(/1 right, 1 wrong/).waitFor();
  await page.keyboard.press('u');
  await page.getByText(/1 right, 0 wrong/).waitFor();
  await page.keyboard.press('f');
  await page.getByRole('combobox', { name: 'Type' }).last().selectOption('AID');
  await page.getByRole('button', { name: 'Enter the fix' }).click();
  await page.getByText(/1 right, 0 wrong, 1 fixed/).waitFor();
  await page.getByRole('heading', { name: 'Review' }).click();
  await page.keyboard.press('u');
  await page.getByText(/1 right, 0 wrong, 0 fixed/).waitFor();
  if (!options.mock) {
    await page.keyboard.press('f');
    await page.getByLabel('Done to').fill('NATO/IGO/IGO; Poland/POL/GOV');
    await page.getByRole('button', { name: 'Enter the fix' }).click();
    await page.getByText(/1 fixed/).waitFor();
    const { items } = await (await fetch(`${server.url}/api/v1/fixes`)).json();
    assert.deepEqual(
      items.at(-1).value.set.target.map(({ name, country }) => `${name} ${country}`),
      ['NATO IGO', 'Poland POL'],
    );
    await page.getByRole('heading', { name: 'Review' }).click();
    await page.keyboard.press('u');
    await page.getByText(/0 fixed/).waitFor();
  }
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Download the sheet' }).click()]);
  assert.match(readFileSync(await download.path(), 'utf8'), /^event,judgement.*\r\n[0-9a-f]+,right/);
});

test('review: drawn at random', async (page) => {
  if (options.mock) return;
  await open(page, '/review?type=CONSULT');
  await page.getByRole('button', { name: /^Draw .* at random$/ }).click();
  await page.waitForURL(/seed=\d+/);
  await page.getByText('Drawn at random under these filters').waitFor();
  await settled(page);
  const seed = new URL(page.url()).searchParams.get('seed');
  const { items, total } = await (await fetch(`${server.url}/api/v1/events?type=CONSULT&draw=100&seed=${seed}`)).json();
  await page.getByText(`Event 1 of ${total}`).waitFor();
  assert.equal((await page.locator('.sentence').innerText()).trim(), items[0].sentence.trim());
  await page.getByRole('button', { name: 'Draw others' }).click();
  await page.waitForURL((url) => url.searchParams.get('seed') !== seed);
  await page.getByRole('button', { name: 'All in order' }).click();
  await page.waitForURL((url) => !url.searchParams.has('seed'));
});

test('downloads and copy as', async (page) => {
  await open(page, '/timeline?actor=RUS&since=2008-08-01&until=2008-09-10');
  await page.locator('summary', { hasText: 'Download' }).click();
  assert.match(
    await page.locator('.recipe pre').first().innerText(),
    /^casus incidents --db crisis.db --actor RUS --since 2008-08-01 --until 2008-09-10$/,
  );
  const links = await page.locator('a[download]').evaluateAll((list) => list.map((link) => link.href));
  if (!options.mock) for (const link of links) assert.equal((await fetch(link)).status, 200, link);
  for (const format of ['svg', 'png']) {
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: format, exact: true }).click()]);
    const bytes = readFileSync(await download.path());
    assert.ok(
      format === 'svg'
        ? bytes.toString().startsWith('<svg') && bytes.toString().includes('fill="rgb')
        : bytes.subarray(1, 4).toString() === 'PNG',
    );
  }
});

test('every view has its data for download', async (page) => {
  if (options.mock) return;
  for (const address of Object.keys(VIEWS)) {
    await open(page, address);
    const links = await page.locator('a[download]').evaluateAll((list) => list.map((link) => link.href));
    for (const link of links) assert.equal((await fetch(link)).status, 200, `${address}: ${link}`);
    const ending = (format) => links.some((link) => new URL(link).pathname.endsWith(`.${format}`));
    assert.equal(ending('geojson'), ['/timeline', '/incidents', '/map', '/posture'].includes(address), `${address}: geojson`);
  }
});

test('light and dark, kept over a reload', async (page) => {
  await open(page, '/');
  const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const toggle = page.getByRole('button', { name: /colours: change/ });
  await toggle.click();
  const light = await paper();
  await toggle.click();
  const dark = await paper();
  assert.notEqual(light, dark);
  await page.reload();
  await page.locator('h1').waitFor();
  assert.equal(await paper(), dark);
});

test('on a phone nothing is wider than the screen', async (page) => {
  await page.setViewportSize({ width: 360, height: 740 });
  for (const address of [...Object.keys(VIEWS), '/dyads?dyad=GEO,RUS', '/articles/georgia-1']) {
    await open(page, address);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.ok(wide <= 1, `${address} is ${wide} pixels too wide`);
  }
});

test('the brief prints without what is only for the screen', async (page) => {
  await open(page, '/');
  await page.emulateMedia({ media: 'print' });
  assert.equal(await page.locator('header.no-print').isVisible(), false);
  assert.equal(await page.locator('article').first().isVisible(), true);
});

for (const scheme of ['light', 'dark']) {
  test(`axe finds nothing serious (${scheme})`, async (page) => {
    await page.emulateMedia({ colorScheme: scheme });
    const { items } = await api('incidents?limit=1&sort=-weight');
    for (const address of [...Object.keys(VIEWS), '/dyads?dyad=GEO,RUS', '/articles/georgia-1', `/incidents/${items[0].id}`]) {
      await open(page, address);
      // Into the page's own world, past its Content-Security-Policy, which forbids added scripts.
      await page.evaluate(AXE);
      const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
      const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
      assert.deepEqual(
        serious.map(
          ({ id, nodes }) =>
            `${address} ${id}: ${nodes
              .slice(0, 2)
              .map(({ html, failureSummary }) => `${html.slice(0, 160)} – ${failureSummary}`)
              .join(' | ')}`,
        ),
        [],
      );
    }
  });
}

// ---- much at once

const TYPES = [
  ['AGREE', 1],
  ['COOPERATE', 2],
  ['ACCUSE', 3],
  ['ASSAULT', 4],
];
const isoDay = (number) => new Date(number * 86_400_000).toISOString().slice(0, 10);

/** A thousand acts of forty parties over two years, as the API gives the first page of 100,000. */
function manyIncidents() {
  const first = Date.parse('2020-01-01') / 86_400_000;
  const items = Array.from({ length: 1000 }, (_, index) => {
    const [type, quad] = TYPES[index % 4];
    const day = isoDay(first + ((index * 37) % 730));
    return {
      id: index.toString(16).padStart(16, '0'),
      date: index % 5 === 0 ? '' : day,
      day,
      type,
      mode: '',
      status: index % 9 === 0 ? 'planned' : 'actual',
      quad,
      goldstein: 0,
      text: `Act number ${index}`,
      source_keys: [`:party ${(index * 7) % 40}`],
      target_keys: [`:party ${(index * 11) % 40}`],
      sources: 1 + (index % 3),
      outlets: 1,
      articles: 1,
      weight: 1 + (index % 17),
      confidence: 0.8,
      first_report: day,
      last_report: day,
      place: '',
    };
  });
  return { items, next: 'more', total: 100_000 };
}

test('a thousand marks of 100,000 acts: shown, zoomed and moved without stutter', async (page) => {
  const days = Array.from({ length: 3650 }, (_, index) => ({ value: isoDay(16_000 + index), count: 1 + (index % 50) }));
  await page.route('**/api/v1/incidents?*', (route) => route.fulfill({ json: manyIncidents() }));
  await page.route('**/api/v1/facets?*', (route) =>
    route.fulfill({ json: { day: days, published: days, type: [], status: [], outlet: [] } }),
  );
  await page.addInitScript(() => {
    window.longest = 0;
    new PerformanceObserver((list) =>
      list.getEntries().forEach(({ duration }) => (window.longest = Math.max(window.longest, duration))),
    ).observe({ type: 'longtask' });
  });
  await open(page, '/timeline?since=2020-01-01&until=2021-12-31');
  assert.ok((await page.locator('svg a.mark').count()) >= 1000);
  assert.match(await page.locator('main').innerText(), /1,000 weightiest of 100,000/);
  await page.locator('svg[aria-label^="Acts by actor"]').focus();
  const steps = [];
  const paces = []; // how long the same sum takes each time: some 50 ms where the machine has no other work
  for (const key of ['ArrowRight', 'ArrowRight', 'ArrowLeft', '+', '-', 'ArrowLeft', 'ArrowRight']) {
    paces.push(
      await page.evaluate(() => {
        const start = performance.now();
        let sum = 1;
        for (let index = 0; index < 40_000_000; ++index) sum = (Math.imul(sum, 31) + index) | 0;
        window.sum = sum;
        return performance.now() - start;
      }),
    );
    await page.evaluate(() => (window.longest = 0));
    await page.keyboard.press(key);
    await page.waitForTimeout(200);
    steps.push(await page.evaluate(() => window.longest));
  }
  const middle = (list) => list.sort((a, b) => a - b)[3];
  const [step, pace] = [middle(steps), middle(paces)];
  assert.ok(step < Math.max(300, 6 * pace), `a step takes ${Math.round(step)} ms, a sum of forty million ${Math.round(pace)} ms`);
});

test('the page is small: less than 500 kB compressed with the map', async (page) => {
  const sizes = new Map();
  page.on('response', async (response) => {
    const url = new URL(response.url());
    if (!url.pathname.startsWith('/api/')) sizes.set(url.pathname, gzipSync(await response.body().catch(() => Buffer.alloc(0))).length);
  });
  await open(page, '/map');
  await page.locator('path.land').first().waitFor({ state: 'attached' });
  await page.waitForTimeout(200);
  const all = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  assert.ok(sizes.size >= 4 && all < 500_000, `${Math.round(all / 1000)} kB in ${sizes.size} files`);
});

// ---- hostile text, live update

test('a hostile article is shown harmlessly', async (page) => {
  const { items } = await api('articles?limit=1000');
  const article = items.find(({ id, doc }) => id === 'hostile-1' || doc === 'hostile-1');
  assert.ok(article, 'it was read');
  for (const address of [
    `/articles/${article.article_id}`,
    '/articles',
    '/?as-of=2017-07-05&since=2017-06-30',
    '/timeline',
    '/search?q=aggression',
    '/review?since=2017-06-20',
    '/incidents?since=2017-06-20',
    '/map',
  ]) {
    await open(page, address);
    assert.match(await page.title(), /– casus$/);
    assert.equal(
      await page
        .locator('main script, main iframe, main img, main [onload], main [onerror], main [onmouseover], main a[href^="javascript"]')
        .count(),
      0,
    );
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.ok(wide <= 1, `${address} is ${wide} pixels too wide`);
  }
  await open(page, `/articles/${article.article_id}`);
  assert.ok((await page.locator('.text').innerText()).includes('<b onmouseover='), 'tags in the text are shown as they are');
});

test('what another process ingests shows up by itself', async (page) => {
  await open(page, '/articles');
  assert.equal(await page.getByText(newsArticle.title).count(), 0);
  const { file, remove } = articlesFile([newsArticle]);
  try {
    server.ingest([file]);
    await page.getByText(newsArticle.title).waitFor({ timeout: 10_000 });
    assert.match(await page.locator('footer').innerText(), /new or changed article|database changed/);
  } finally {
    remove();
  }
});

// ---- running

const hostile = articlesFile([hostileArticle]);
const server = await startServer({ ...options, more: [hostile.file] });
const browser = await chromium.launch(CHROMIUM);
let failed = 0;

async function run({ name, run: body }) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, acceptDownloads: true });
  const page = await context.newPage();
  const faults = [];
  const allowed = [];
  page.allow = (pattern) => allowed.push(pattern);
  page.setDefaultTimeout(10_000);
  page.on('pageerror', (error) => faults.push(`error in the page: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' || /Content Security Policy/i.test(message.text())) faults.push(`console: ${message.text()}`);
  });
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.protocol.startsWith('http') && url.origin !== server.url.replace('localhost', url.hostname))
      faults.push(`request to ${url.origin}`);
  });
  try {
    await body(page);
    const real = faults.filter((fault) => !allowed.some((pattern) => pattern.test(fault)));
    assert.deepEqual(real, []);
    console.log(`ok    ${name}`);
  } catch (error) {
    failed += 1;
    console.log(
      `FAIL  ${name}\n      ${String(error.message).split('\n').slice(0, 14).join('\n      ')}${faults.length > 0 ? `\n      ${faults.join('\n      ')}` : ''}`,
    );
  } finally {
    await context.close();
  }
}

try {
  for (const one of tests.filter(({ name }) => !options.only || name.includes(options.only))) await run(one);
} finally {
  await browser.close();
  await server.close();
  hostile.remove();
}
console.log(failed === 0 ? 'all end-to-end tests passed' : `${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
