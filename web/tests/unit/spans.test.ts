import { describe, expect, it } from 'vitest';
import type { EventRecord } from '../../src/lib/records.ts';
import { cut, marksOf, type Mark } from '../../src/lib/spans.ts';
import { snippetPieces } from '../../src/lib/snippet.ts';

const mark = (begin: number, end: number, record = 'a'): Mark => ({ begin, end, role: 'trigger', record });

describe('cut', () => {
  it('gives pieces that make up the text, each with its marks', () => {
    const pieces = cut(0, 10, [mark(2, 6, 'a'), mark(4, 8, 'b')]);
    expect(pieces.map(({ begin, end }) => [begin, end])).toEqual([
      [0, 2],
      [2, 4],
      [4, 6],
      [6, 8],
      [8, 10],
    ]);
    expect(pieces.map(({ marks }) => marks.map(({ record }) => record).join(''))).toEqual(['', 'a', 'ab', 'b', '']);
  });
  it('cuts marks to the block and leaves out those outside, empty or turned around', () => {
    const pieces = cut(5, 10, [mark(0, 7), mark(12, 14), mark(6, 6), mark(9, 8)]);
    expect(pieces.map(({ begin, end, marks }) => [begin, end, marks.length])).toEqual([
      [5, 7, 1],
      [7, 10, 0],
    ]);
  });
  it('always covers the block, whatever the marks', () => {
    let seed = 7;
    const random = (below: number): number => (seed = (seed * 16807) % 2147483647) % below;
    for (let round = 0; round < 300; ++round) {
      const marks = Array.from({ length: random(8) }, () => mark(random(30), random(30)));
      const pieces = cut(3, 25, marks);
      expect(pieces[0]?.begin).toBe(3);
      expect(pieces.at(-1)?.end).toBe(25);
      pieces.forEach((piece, index) => {
        if (index > 0) expect(piece.begin).toBe(pieces[index - 1]?.end);
        const expected = marks.filter(({ begin, end }) => begin < end && begin <= piece.begin && end >= piece.end).length;
        expect(piece.marks).toHaveLength(expected);
      });
    }
  });
});

describe('marksOf', () => {
  it('takes single spans and lists of them, and records without spans', () => {
    const event = {
      id: 'e',
      spans16: {
        trigger: [1, 2],
        source: [
          [3, 4],
          [5, 6],
        ],
        target: [],
        date: null,
        place: null,
        attributed_to: null,
        quantity: [],
      },
    } as unknown as EventRecord;
    const marks = marksOf({
      events: [event, { id: 'x' } as EventRecord],
      statements: [],
      places: [{ text: '', name: '', country: '', lat: 0, lon: 0, precision: '', begin16: 7, end16: 8 }],
      times: [],
    });
    expect(marks.map(({ begin, role }) => `${begin}${role}`)).toEqual(['1trigger', '3source', '5source', '7named_place']);
  });
});

describe('snippets', () => {
  it('set off what stands in brackets', () => {
    expect(snippetPieces('Russian [tanks] enter [South] ')).toEqual([
      { text: '… Russian ', hit: false },
      { text: 'tanks', hit: true },
      { text: ' enter ', hit: false },
      { text: 'South', hit: true },
      { text: ' …', hit: false },
    ]);
    expect(snippetPieces('a [b')).toEqual([{ text: '… a [b …', hit: false }]);
    expect(snippetPieces('')).toEqual([]);
  });
  it('have dots at both ends once', () => {
    expect(snippetPieces('…sends [troops] to…').map(({ text }) => text)).toEqual(['…sends ', 'troops', ' to…']);
  });
});
