// What every view needs to know of the database: its size, its days, the names of its parties.
import { api, resource, type Resource } from './api.svelte.ts';
import type { ActorRow, Info, List } from './records.ts';

class Context {
  info = $state.raw<Resource<Info> | null>(null);
  private actors = $state.raw<Resource<List<Pick<ActorRow, 'key' | 'name'>>> | null>(null);

  /** To be called once, while the page's root component is set up. */
  start(): void {
    this.info = resource<Info>(() => api('info'));
    this.actors = resource(() => api('actors', { columns: 'key,name', limit: 1000 }));
  }

  /** Names of parties by their keys. */
  names: ReadonlyMap<string, string> = $derived(new Map((this.actors?.data?.items ?? []).map(({ key, name }) => [key, name])));

  /** The last day with an article, '' in an empty database. */
  get today(): string {
    return this.info?.data?.last_day ?? '';
  }

  get days(): string[] {
    const info = this.info?.data;
    return info?.as_of_days ?? [info?.first_day, info?.last_day].filter((day): day is string => !!day);
  }
}

export const context = new Context();
