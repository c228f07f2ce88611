// The stream of changes: each change of the database raises `version`, on which everything that is shown depends.

class Live {
  /** Rises with each change of the database. */
  version = $state(0);
  connected = $state(false);
  /** What came last, for people: "2 new articles". */
  news = $state('');
}

export const live = new Live();

const SETTLE_MS = 400;

/** Opens the stream; the browser opens it again whenever it breaks. Call once. */
export function startLive(): void {
  const stream = new EventSource('/api/v1/stream');
  let timer: ReturnType<typeof setTimeout> | undefined;
  let articles = 0;
  const changed = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      live.news = articles > 0 ? `${articles} new or changed article${articles === 1 ? '' : 's'}` : 'The database changed';
      articles = 0;
      live.version += 1;
    }, SETTLE_MS);
  };
  stream.onopen = () => {
    // What happened while the stream was broken is not told again: look for it.
    if (!live.connected && live.version > 0) changed();
    live.connected = true;
  };
  stream.onerror = () => (live.connected = false);
  stream.addEventListener('article', () => {
    articles += 1;
    changed();
  });
  for (const name of ['incidents', 'batch']) stream.addEventListener(name, changed);
}
