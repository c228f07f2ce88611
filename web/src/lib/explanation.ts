// What casus explain says of a sentence, as far as the page shows it (docs/explain.md).

interface Word {
  text: string;
}

export interface Frame {
  rule: string;
  type: string;
  pattern: string;
  entry: string;
  outcome: string;
  best: boolean;
  part: string;
}

export interface Act {
  trigger: Word;
  fate: string;
  event: string;
  effect: string;
  steps: { word: Word | null; cause: string; effect: string }[];
  attributed_to: string;
  cue: Word | null;
  judge: { type: string; status: string; event_probability: number; type_probability: number; status_probability: number } | null;
  confidence: { feature: string; value: string; log_odds: number }[];
  frames: Frame[];
}

export interface Explanation {
  text: string;
  mentions: {
    head: Word;
    rule: string;
    actors: { name: string; country: string; sector: string }[];
    name: { kind: string; entry: string } | null;
    term: string;
  }[];
  acts: Act[];
}

export interface FoundAct {
  act: Act;
  fired: Frame | undefined;
  failed: Frame[];
  mentions: { words: string; reason: string }[];
}

/** The act of an event within its explanation, which may be one sentence's or those of several. */
export function actOf(data: Explanation | Explanation[] | { items: Explanation[] }, event: string): FoundAct | null {
  const sentences = Array.isArray(data) ? data : 'items' in data ? data.items : [data];
  for (const sentence of sentences) {
    const act = sentence.acts?.find((candidate) => candidate.event === event);
    if (!act) continue;
    const fired = act.frames.find(({ best }) => best);
    const mentions = sentence.mentions.map(({ head, rule, actors, name, term }) => ({
      words: head.text,
      reason: [
        actors.map((actor) => [actor.name, actor.country, actor.sector].filter(Boolean).join(' ')).join(', ') || 'nobody',
        name ? `${name.kind}, ${name.entry}` : term ? `“${term}”` : rule,
      ].join(' – '),
    }));
    return { act, fired, failed: act.frames.filter((frame) => frame !== fired), mentions };
  }
  return null;
}
