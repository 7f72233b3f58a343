/** A mistake in a definition, and where it is. */
export interface DefinitionIssue {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

type Path = DefinitionIssue['path'];

/** Yields names that are used twice. Records are identified by their names, and SOQL compares names without case. */
export function* repeatedNames(path: Path, names: readonly string[]): Generator<DefinitionIssue> {
  const seen = new Set<string>();
  for (const [index, name] of names.entries()) {
    const key = name.toLowerCase();
    if (seen.has(key)) yield { path: [...path, index], message: `"${name}" is used twice` };
    seen.add(key);
  }
}

/** Yields a reference to something that the definition does not list. */
export function* danglingName(
  path: Path,
  name: string | undefined,
  { section, names }: { section: string; names: readonly string[] },
): Generator<DefinitionIssue> {
  if (name === undefined || names.includes(name)) return;
  const listed = names.length === 0 ? 'it is empty' : `it has ${names.map((each) => `"${each}"`).join(', ')}`;
  yield { path, message: `${section} has no "${name}"; ${listed}` };
}

export function namesOf(items: readonly { readonly name: string }[]): string[] {
  return items.map(({ name }) => name);
}
