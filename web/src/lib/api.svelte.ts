// Requests to the API, and what is shown of them.
import { address } from './filters.ts';
import { live } from './live.svelte.ts';

/** What the API says went wrong (application/problem+json). */
export interface Problem {
  title: string;
  status: number;
  detail?: string;
  field?: string;
  allowed?: string[];
}

export class ApiError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail ?? problem.title);
  }
}

const RAPID_MS = 250;
const REST_MS = 120;

export const BASE = '/api/v1';

/** The address of a resource of the API under these parameters; parameters with '' are left out. */
export function api(resource: string, parameters: URLSearchParams | Record<string, string | number | undefined> = {}): string {
  const query = parameters instanceof URLSearchParams ? parameters : new URLSearchParams();
  if (!(parameters instanceof URLSearchParams)) {
    for (const [name, value] of Object.entries(parameters)) if (value !== undefined && value !== '') query.set(name, String(value));
  }
  return address(`${BASE}/${resource}`, query);
}

async function problemOf(response: Response): Promise<Problem> {
  try {
    const problem = (await response.json()) as Problem;
    if (typeof problem.title === 'string') return problem;
  } catch {
    // Not JSON: the status has to do.
  }
  return { title: response.statusText || 'The server answered with an error', status: response.status };
}

/** Asks the API and returns its JSON. Throws ApiError for what the server refuses and for a server that cannot be reached. */
export async function ask<T>(url: string, init: RequestInit = {}): Promise<T> {
  let response: Response;
  try {
    response = await fetch(url, init);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiError({
      title: 'The server does not answer',
      status: 0,
      detail: 'casus serve may have ended. Start it again; the page goes on by itself.',
    });
  }
  if (!response.ok) throw new ApiError(await problemOf(response));
  return (response.status === 204 ? undefined : await response.json()) as T;
}

/** Data of one address: what came last, whether a request runs, what went wrong. */
export class Resource<T> {
  data = $state.raw<T | null>(null);
  problem = $state.raw<Problem | null>(null);
  loading = $state(true);
}

/**
 * Keeps a Resource up to date with the address that `url` gives (null: nothing to ask): asks again when the address or the database
 * changes (`live: false`: only when the address does). Old data stays until new data is there. To be called while a component is set up.
 */
export function resource<T>(url: () => string | null, options: { live?: boolean } = {}): Resource<T> {
  const result = new Resource<T>();
  let asked = 0;
  $effect(() => {
    const target = url();
    if (options.live !== false) void live.version;
    if (target === null) {
      result.data = null;
      result.loading = false;
      return;
    }
    const abort = new AbortController();
    result.loading = true;
    const start = (): void => {
      asked = Date.now();
      ask<T>(target, { signal: abort.signal }).then(
        (data) => Object.assign(result, { data, problem: null, loading: false }),
        (error: unknown) => {
          if (abort.signal.aborted) return;
          const problem = error instanceof ApiError ? error.problem : { title: String(error), status: 0 };
          Object.assign(result, { problem, loading: false });
        },
      );
    };
    // While something is dragged the address changes with every move: only where it comes to rest is asked for.
    const timer = Date.now() - asked < RAPID_MS ? setTimeout(start, REST_MS) : undefined;
    if (timer === undefined) start();
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  });
  return result;
}
