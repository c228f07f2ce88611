// Words around the hits of a search, each hit in square brackets.

export interface SnippetPiece {
  text: string;
  hit: boolean;
}

/** Cuts at the brackets; one that does not close stays text. */
export function snippetPieces(words: string): SnippetPiece[] {
  return words
    .split(/\[([^[\]]*)\]/)
    .map((text, at) => ({ text, hit: at % 2 === 1 }))
    .filter(({ text }) => text !== '');
}
