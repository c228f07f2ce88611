// Which view an address shows. The brief comes with the page, so that its text stands at once; the others when they are first shown.
import type { Component } from 'svelte';
import BriefView from './views/BriefView.svelte';

type ViewComponent = Component<{ id: string }>;

export interface View {
  title: string;
  /** The component: at once where it is there, else when it has come. */
  load: () => ViewComponent | Promise<ViewComponent>;
  /** The id in the address, '' for lists. */
  id: string;
}

/** A view that is loaded once; what could not be loaded is tried again. Views without an id in their address take no notice of it. */
function later(load: () => Promise<{ default: unknown }>): View['load'] {
  let component: ViewComponent | undefined;
  return () => component ?? load().then((module) => (component = module.default as ViewComponent));
}

const LISTS: Record<string, [string, View['load']]> = {
  '/': ['Brief', () => BriefView as unknown as ViewComponent],
  '/timeline': ['Timeline', later(() => import('./views/TimelineView.svelte'))],
  '/incidents': ['Incidents', later(() => import('./views/IncidentsView.svelte'))],
  '/dyads': ['Dyads', later(() => import('./views/DyadsView.svelte'))],
  '/map': ['Map', later(() => import('./views/MapView.svelte'))],
  '/calendar': ['Calendar', later(() => import('./views/CalendarView.svelte'))],
  '/demands': ['Demands and answers', later(() => import('./views/DemandsView.svelte'))],
  '/posture': ['Posture', later(() => import('./views/PostureView.svelte'))],
  '/actors': ['Actors', later(() => import('./views/ActorsView.svelte'))],
  '/articles': ['Articles', later(() => import('./views/ArticlesView.svelte'))],
  '/search': ['Search', later(() => import('./views/SearchView.svelte'))],
  '/review': ['Review', later(() => import('./views/ReviewView.svelte'))],
  '/try': ['Try it', later(() => import('./views/TryView.svelte'))],
};

const SINGLE: Record<string, [string, View['load']]> = {
  incidents: ['Incident', later(() => import('./views/IncidentView.svelte'))],
  articles: ['Article', later(() => import('./views/ArticleView.svelte'))],
};
const missing = later(() => import('./views/MissingView.svelte'));

let last: View | undefined;
let lastPath = '';

/** The view of a path; the same object as before for the same path, so that it is not set up anew. */
export function viewOf(path: string): View {
  if (last && path === lastPath) return last;
  lastPath = path;
  last = find(path.replace(/(.)\/$/, '$1'));
  return last;
}

function find(path: string): View {
  const list = LISTS[path];
  if (list) return { title: list[0], load: list[1], id: '' };
  const [, folder = '', id = '', rest] = path.split('/');
  const single = SINGLE[folder];
  if (single && id !== '' && rest === undefined) return { title: single[0], load: single[1], id: decode(id) };
  return { title: 'Not found', load: missing, id: path };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
