declare module 'virtual:casus-data' {
  /** By ISO 3166-1 alpha-3 code: name, number in the world map, and latitude and longitude of the middle where known. */
  export const countries: Record<string, [name: string, numeric: string, lat?: number, lon?: number]>;
  export const types: Record<string, { quad: number; score: number; gloss: string }>;
  export const modes: Record<string, string>;
  export const sectors: Record<string, string>;
  export const statuses: Record<string, string>;
  export const quads: Record<string, string>;
}
