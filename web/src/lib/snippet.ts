// A snippet of a text with the words that were searched for set off.

export interface SnippetPiece {
  text: string;
  hit: boolean;
}

/** Cuts `snippet` at the words of `query` (letter case and quotation marks aside; a* is a beginning). At most 50 words are looked for. */
export function snippetPieces(snippet: string, query: string): SnippetPiece[] {
  const words = query.split(/[\s"()]+/).map((word) => word.replace(/\*$/, '')).filter((word) => word !== '' && !['OR', 'AND', 'NOT'].includes(word)).slice(0, 50);
  if (words.length === 0) return [{ text: snippet, hit: false }];
  const pattern = new RegExp(`(${words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')})`, 'giu');
  return snippet.split(pattern).map((text, at) => ({ text, hit: at % 2 === 1 })).filter(({ text }) => text !== '');
}
