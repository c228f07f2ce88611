import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { actOf } from '../../src/lib/explanation.ts';
import { partyName, actorWords, count } from '../../src/lib/names.ts';
import { changes, fieldsOf, fixOf, judged, readVerdicts, reviewSheet, sums, verdictOf } from '../../src/lib/review.ts';
import type { EventRecord } from '../../src/lib/records.ts';
import { packageFolder } from '../../licences.ts';
import { dataFolder, readTable } from '../../casus_data.ts';

const event = {
  id: 'e1',
  type: 'ASSAULT',
  status: 'actual',
  date: '2008-08-08',
  sentence: 'He said "no", and left.',
  source: [{ name: 'Georgia', country: 'GEO', sector: 'MIL' }],
  target: [
    { name: 'NATO', country: 'IGO', sector: '' },
    { name: 'others', country: '', sector: '' },
  ],
} as EventRecord;

describe('review', () => {
  it('keeps one verdict an event, the last', () => {
    const list = judged(judged([], verdictOf(event, 'right')), verdictOf(event, 'wrong'));
    expect(list.map(({ judgement }) => judgement)).toEqual(['wrong']);
    expect(sums(list)).toMatchObject({ all: 1, right: 0, wrong: 1, share: 0 });
  });
  it('tells what a fix changes', () => {
    const fields = fieldsOf(event);
    expect(fields).toMatchObject({ source: 'Georgia/GEO/MIL', target: 'NATO/IGO; others' });
    expect(changes(event, { ...fields, type: 'THREATEN', date: '' })).toEqual({ type: 'THREATEN', date: '' });
    expect(changes(event, { ...fields, source: ' Georgia/GEO/MIL ' })).toEqual({});
    const change = changes(event, { ...fields, source: '', target: 'Russia/RUS/GOV ;; others' });
    expect(fixOf({ ...change, date: '2008' })).toEqual({ source: [], target: ['Russia/RUS/GOV', 'others'], date: '2008' });
  });
  it('writes a sheet that spreadsheets read', () => {
    expect(reviewSheet([verdictOf(event, 'fixed', { type: 'THREATEN' })])).toBe(
      'event,judgement,type,status,type_should_be,status_should_be,date_should_be,source_should_be,target_should_be,sentence\r\ne1,fixed,ASSAULT,actual,THREATEN,,,,,"He said ""no"", and left."\r\n',
    );
  });
  it('reads back what it kept, and nothing else', () => {
    expect(readVerdicts(JSON.stringify([verdictOf(event, 'right')]))).toHaveLength(1);
    for (const text of ['', '{', '{}', '[1, null, {"event": 3}]']) expect(readVerdicts(text)).toEqual([]);
  });
});

describe('names', () => {
  it('of parties come from their records, else from their keys', () => {
    expect(partyName('RUS')).toBe('Russia');
    expect(partyName('USA', new Map([['USA', 'the United States']]))).toBe('United States');
    expect(partyName('GEO:REB')).toBe('Georgia, armed opposition');
    expect(partyName('IGO:nato', new Map([['IGO:nato', 'NATO']]))).toBe('NATO');
    expect(partyName(':bush')).toBe('Bush');
    expect(partyName('')).toBe('');
  });
  it('of actors have their codes', () => {
    expect(actorWords({ name: 'Sergey Lavrov', country: 'RUS', sector: 'GOV' })).toBe('Sergey Lavrov (RUS GOV)');
    expect(actorWords({ name: '', country: '', sector: '' })).toBe('somebody');
    expect(count(3412, 'report')).toBe('3,412 reports');
    expect(count(1, 'report')).toBe('1 report');
  });
});

describe('explanations', () => {
  const explanation = {
    text: '',
    mentions: [],
    acts: [
      {
        event: 'e1',
        frames: [
          { rule: 'a', best: false },
          { rule: 'b', best: true },
        ],
      },
    ],
  } as never;
  it('are found by their event in each form of the answer', () => {
    for (const data of [explanation, [explanation], { items: [explanation] }]) expect(actOf(data, 'e1')?.fired?.rule).toBe('b');
    expect(actOf([explanation], 'e2')).toBeNull();
  });
});

describe('licences', () => {
  it('belong to the package of a module', () => {
    expect(packageFolder('/a/node_modules/d3-geo/src/index.js')).toBe('/a/node_modules/d3-geo');
    expect(packageFolder('/a/node_modules/@x/y/z.js?url')).toBe('/a/node_modules/@x/y');
    expect(packageFolder('/a/src/main.ts')).toBe('');
  });
});

describe('tables of data/', () => {
  it('are found above a folder, or where they are said to be', () => {
    const here = fileURLToPath(new URL('.', import.meta.url));
    expect(dataFolder(undefined, here)).toMatch(/data$/);
    expect(dataFolder(dataFolder(undefined, here), '/')).toBe(dataFolder(undefined, here));
    expect(() => dataFolder('/nowhere', here)).toThrow(/CASUS_WEB_DATA=\/nowhere/);
    expect(() => dataFolder(undefined, '/')).toThrow(/CASUS_WEB_DATA/);
  });
  it('have comments, a header, and cells that may be missing', () => {
    expect(readTable('# note\na\tb\n1\t2\n3\n')).toEqual([
      { a: '1', b: '2' },
      { a: '3', b: '' },
    ]);
  });
});
