// Long lists: one page after the other, by the cursors of the API.
import { ApiError, ask, resource, Resource } from './api.svelte.ts';
import type { List } from './records.ts';

/** The items of a list as far as they were asked for. */
export class Pages<T> {
  private extra = $state.raw<T[]>([]);
  private cursor = $state<string | null | undefined>(undefined);
  private busy = $state(false);
  private first: Resource<List<T>>;

  constructor(
    private url: () => string | null,
    options: { live?: boolean } = {},
  ) {
    this.first = resource<List<T>>(url, options);
    $effect(() => {
      void this.first.data;
      this.extra = [];
      this.cursor = undefined;
    });
  }

  get data(): List<T> | null {
    const data = this.first.data;
    return data && { items: [...data.items, ...this.extra], next: this.cursor === undefined ? data.next : this.cursor, total: data.total };
  }

  get problem() {
    return this.first.problem;
  }

  get loading(): boolean {
    return this.first.loading || this.busy;
  }

  /** Adds the next page. */
  async more(): Promise<void> {
    const [first, next, url] = [this.first.data, this.data?.next, this.url()];
    if (!next || !url || this.busy) return;
    this.busy = true;
    try {
      const page = await ask<List<T>>(`${url}${url.includes('?') ? '&' : '?'}cursor=${encodeURIComponent(next)}`);
      if (this.first.data !== first) return; // The list changed meanwhile: the page belongs to the old one.
      this.extra = [...this.extra, ...page.items];
      this.cursor = page.next;
    } catch (error) {
      this.first.problem = error instanceof ApiError ? error.problem : { title: String(error), status: 0 };
    } finally {
      this.busy = false;
    }
  }
}
