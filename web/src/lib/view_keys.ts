/** Views and the letter that leads to each after g. */
export const NAVIGATION: { path: string; name: string; letter: string }[] = [
  { path: '/', name: 'Brief', letter: 'b' },
  { path: '/timeline', name: 'Timeline', letter: 't' },
  { path: '/incidents', name: 'Incidents', letter: 'i' },
  { path: '/dyads', name: 'Dyads', letter: 'd' },
  { path: '/map', name: 'Map', letter: 'm' },
  { path: '/calendar', name: 'Calendar', letter: 'c' },
  { path: '/demands', name: 'Demands', letter: 'n' },
  { path: '/posture', name: 'Posture', letter: 'p' },
  { path: '/actors', name: 'Actors', letter: 'a' },
  { path: '/articles', name: 'Articles', letter: 'r' },
  { path: '/review', name: 'Review', letter: 'v' },
  { path: '/try', name: 'Try it', letter: 'y' },
];

export const VIEW_KEYS: Record<string, string> = Object.fromEntries(NAVIGATION.map(({ letter, path }) => [letter, path]));
