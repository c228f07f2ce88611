// The world map: shapes of Natural Earth as world-atlas has them, with those borders told apart that are in dispute.
import { feature, mesh } from 'topojson-client';
import type { GeometryCollection, GeometryObject, Topology } from 'topojson-specification';
import type { Feature, MultiLineString, Position } from 'geojson';
import worldAddress from 'world-atlas/countries-50m.json?url';
import disputed from '../data/disputed.json';

export interface World {
  countries: Feature[];
  borders: MultiLineString;
  /** Borders in dispute, to be drawn dashed. */
  disputed: MultiLineString;
}

interface Dispute {
  name: string;
  /** The two sides, by number or, for those without one, by name. */
  between: string[];
  /** West, south, east, north: only the part of their border inside is in dispute. */
  box?: number[];
}

export const DISPUTES: string[] = disputed.map(({ name }) => name);

type Shape = GeometryObject<{ name?: string }> & { id?: string | number };
const namesOf = (shape: Shape): string[] => [String(shape.id ?? ''), (shape.properties as { name?: string } | undefined)?.name ?? ''];

function disputeOf(a: Shape, b: Shape): Dispute | undefined {
  const [left, right] = [namesOf(a), namesOf(b)];
  return (disputed as Dispute[]).find(
    ({ between: [one = '', two = ''] }) => (left.includes(one) && right.includes(two)) || (left.includes(two) && right.includes(one)),
  );
}

const within = ([longitude = 0, latitude = 0]: Position, [west = 0, south = 0, east = 0, north = 0]: number[]): boolean =>
  longitude >= west && longitude <= east && latitude >= south && latitude <= north;

/** Splits lines into runs inside and outside of a box. */
function split(lines: Position[][], box: number[]): { inside: Position[][]; outside: Position[][] } {
  const result: { inside: Position[][]; outside: Position[][] } = { inside: [], outside: [] };
  for (const line of lines) {
    for (let index = 0; index + 1 < line.length; ++index) {
      const [from, to] = [line[index]!, line[index + 1]!];
      (within(from, box) && within(to, box) ? result.inside : result.outside).push([from, to]);
    }
  }
  return result;
}

/** Takes the map apart. */
export function worldOf(topology: Topology): World {
  const shapes = topology.objects.countries as GeometryCollection<{ name?: string }>;
  const plain = mesh(topology, shapes, (a, b) => a !== b && !disputeOf(a as Shape, b as Shape));
  const dashed: Position[][] = [];
  for (const dispute of disputed as Dispute[]) {
    const lines = mesh(topology, shapes, (a, b) => a !== b && disputeOf(a as Shape, b as Shape) === dispute).coordinates;
    if (!dispute.box) {
      dashed.push(...lines);
      continue;
    }
    const { inside, outside } = split(lines, dispute.box);
    dashed.push(...inside);
    plain.coordinates.push(...outside);
  }
  const collection = feature(topology, shapes);
  return { countries: collection.features, borders: plain, disputed: { type: 'MultiLineString', coordinates: dashed } };
}

let loading: Promise<World> | undefined;

/** The map, loaded with the first view that shows it. */
export function loadWorld(): Promise<World> {
  loading ??= fetch(worldAddress)
    .then((response) => {
      if (!response.ok) throw new Error(`the map's shapes cannot be loaded (${response.status})`);
      return response.json() as Promise<Topology>;
    })
    .then(worldOf);
  loading.catch(() => (loading = undefined));
  return loading;
}
