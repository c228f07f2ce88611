// Which view an address shows.
import type { Component } from 'svelte';
import ActorsView from './views/ActorsView.svelte';
import ArticleView from './views/ArticleView.svelte';
import ArticlesView from './views/ArticlesView.svelte';
import BriefView from './views/BriefView.svelte';
import CalendarView from './views/CalendarView.svelte';
import DemandsView from './views/DemandsView.svelte';
import DyadsView from './views/DyadsView.svelte';
import IncidentView from './views/IncidentView.svelte';
import IncidentsView from './views/IncidentsView.svelte';
import MapView from './views/MapView.svelte';
import MissingView from './views/MissingView.svelte';
import PostureView from './views/PostureView.svelte';
import ReviewView from './views/ReviewView.svelte';
import SearchView from './views/SearchView.svelte';
import TimelineView from './views/TimelineView.svelte';
import TryView from './views/TryView.svelte';

export interface View {
  title: string;
  component: Component<{ id: string }>;
  /** The id in the address, '' for lists. */
  id: string;
}

/** Views without an id in their address take no notice of it. */
const LISTS: Record<string, [string, Component<Record<string, never>>]> = {
  '/': ['Brief', BriefView],
  '/timeline': ['Timeline', TimelineView],
  '/incidents': ['Incidents', IncidentsView],
  '/dyads': ['Dyads', DyadsView],
  '/map': ['Map', MapView],
  '/calendar': ['Calendar', CalendarView],
  '/demands': ['Demands and answers', DemandsView],
  '/posture': ['Posture', PostureView],
  '/actors': ['Actors', ActorsView],
  '/articles': ['Articles', ArticlesView],
  '/search': ['Search', SearchView],
  '/review': ['Review', ReviewView],
  '/try': ['Try it', TryView],
};

const SINGLE: Record<string, [string, Component<{ id: string }>]> = {
  incidents: ['Incident', IncidentView],
  articles: ['Article', ArticleView],
};

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
  if (list) return { title: list[0], component: list[1] as unknown as Component<{ id: string }>, id: '' };
  const [, folder = '', id = '', rest] = path.split('/');
  const single = SINGLE[folder];
  if (single && id !== '' && rest === undefined) return { title: single[0], component: single[1], id: decode(id) };
  return { title: 'Not found', component: MissingView, id: path };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
