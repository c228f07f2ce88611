// Where the actors of a network stand: forces of d3, always with the same outcome for the same data.
import { forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY, type SimulationNodeDatum } from 'd3-force';
import type { Network, NetworkLink } from './records.ts';

export interface NetworkNode extends SimulationNodeDatum {
  key: string;
  name: string;
  events: number;
  radius: number;
  x: number;
  y: number;
}

export interface NetworkLine extends NetworkLink {
  from: NetworkNode;
  to: NetworkNode;
  width: number;
  /** −1 all hostile, 1 all cooperative. */
  balance: number;
}

export interface NetworkPicture {
  nodes: NetworkNode[];
  lines: NetworkLine[];
  /** Actors that are not shown: with fewer events than those, or only with such. */
  left: number;
  /** Pairs of those shown with fewer events than those drawn. */
  thin: number;
}

const STEPS = 300;
/** More lines than this are a tangle that nobody reads. */
const MOST_LINES = 90;

/** A picture of the `most` actors with the most events and the weightiest lines between them, within width × height; who has no line is left out. */
export function networkPicture(network: Network, most: number, width: number, height: number): NetworkPicture {
  const ranked = [...network.nodes].sort((a, b) => b.events - a.events || (a.key < b.key ? -1 : 1));
  const top = Math.max(1, ...ranked.slice(0, 1).map(({ events }) => events));
  const candidates: NetworkNode[] = ranked
    .slice(0, most)
    .map((node) => ({ ...node, radius: 4 + 14 * Math.sqrt(node.events / top), x: NaN, y: NaN }));
  const byKey = new Map(candidates.map((node) => [node.key, node]));
  const heaviest = Math.max(1, ...network.links.map(({ events }) => events));
  const all = network.links.flatMap((link): NetworkLine[] => {
    const [from, to] = [byKey.get(link.source), byKey.get(link.target)];
    if (!from || !to) return [];
    const sum = Math.max(1, link.cooperative + link.hostile);
    return [{ ...link, from, to, width: 1 + 6 * Math.sqrt(link.events / heaviest), balance: (link.cooperative - link.hostile) / sum }];
  });
  const lines = all.sort((a, b) => b.events - a.events || (a.source + a.target < b.source + b.target ? -1 : 1)).slice(0, MOST_LINES);
  const joined = new Set(lines.flatMap(({ source, target }) => [source, target]));
  const nodes = candidates.filter(({ key }) => joined.has(key));
  settle(nodes, lines, width, height);
  return { nodes, lines, left: Math.max(0, ranked.length - nodes.length), thin: all.length - lines.length };
}

function settle(nodes: NetworkNode[], lines: NetworkLine[], width: number, height: number): void {
  for (const node of nodes) {
    // d3 places what has no place yet on its own spiral, the same each time.
    delete (node as SimulationNodeDatum).x;
    delete (node as SimulationNodeDatum).y;
  }
  const springs = lines.map(({ from, to, events }) => ({ source: from, target: to, events }));
  forceSimulation(nodes)
    .force(
      'link',
      forceLink(springs)
        .distance(Math.min(width, height) / 3.4)
        .strength((spring) => Math.min(1, 0.08 + spring.events / 40)),
    )
    .force('charge', forceManyBody().strength(-420))
    .force('x', forceX(width / 2).strength(0.06 * (height / width)))
    .force('y', forceY(height / 2).strength(0.09))
    .force(
      'collide',
      forceCollide<NetworkNode>((node) => node.radius + 14),
    )
    .stop()
    .tick(STEPS);
  fit(nodes, width, height);
}

/** Stretches the picture to its frame, with room for names. */
function fit(nodes: NetworkNode[], width: number, height: number): void {
  const span = (values: number[], size: number, margin: number) => {
    const low = Math.min(...values);
    const scale = (size - 2 * margin) / Math.max(1, Math.max(...values) - low);
    return (value: number) => (values.length === 1 ? size / 2 : margin + (value - low) * scale);
  };
  const x = span(
    nodes.map((node) => node.x),
    width,
    60,
  );
  const y = span(
    nodes.map((node) => node.y),
    height,
    28,
  );
  for (const node of nodes) [node.x, node.y] = [x(node.x), y(node.y)];
}
