// Words around the hits of a search, each hit in square brackets.

export interface SnippetPiece {
  text: string;
  hit: boolean;
}

/** Cuts at the brackets; one that does not close stays text. Dots stand at both ends, where the search has not put them already. */
export function snippetPieces(words: string): SnippetPiece[] {
  const whole = words.trim();
  if (whole === '') return [];
  return `${whole.startsWith('…') ? '' : '… '}${whole}${whole.endsWith('…') ? '' : ' …'}`
    .split(/\[([^[\]]*)\]/)
    .map((text, at) => ({ text, hit: at % 2 === 1 }))
    .filter(({ text }) => text !== '');
}
