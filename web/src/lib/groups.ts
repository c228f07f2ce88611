/** Items by a key, keys in the order in which they first come. (Map.groupBy is younger than some browsers in use.) */
export function groups<T>(items: T[], key: (item: T) => string): [string, T[]][] {
  const found = new Map<string, T[]>();
  for (const item of items) {
    const group = found.get(key(item));
    if (group) group.push(item);
    else found.set(key(item), [item]);
  }
  return [...found];
}
