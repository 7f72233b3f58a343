/** Returns the name of a feed under which its position is stored: the path, numbered from the second content of it on. */
export function generationName(path: string, generation: number): string {
  return generation === 1 ? path : `${path} (${generation})`;
}

/** Returns the path and the number of a name that {@link generationName} has made, or may have made. */
export function generationOf(name: string): { readonly path: string; readonly generation: number } {
  const { path = name, generation = '1' } = /^(?<path>.+) \((?<generation>[2-9]|[1-9]\d+)\)$/s.exec(name)?.groups ?? {};
  return { path, generation: Number(generation) };
}
