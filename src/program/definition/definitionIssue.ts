import { namesText } from '../../base/text/namesText.js';
import { meantName } from '../../base/text/nearest.js';

/** A mistake in a definition, and where it is. */
export interface DefinitionIssue {
  readonly path: readonly (string | number)[];
  readonly message: string;
  /** Key of another part that the mistake depends on. */
  readonly section?: string;
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

/** The names that a reference can have. */
interface ReferredNames {
  /** Key of the part that lists them. */
  readonly section: string;
  /** What the message calls it, if not by its key. */
  readonly called?: string;
  readonly names: readonly string[];
}

/** Yields a reference to something that the definition does not list. */
export function* danglingName(
  path: Path,
  name: string | undefined,
  { section, called = section, names }: ReferredNames,
): Generator<DefinitionIssue> {
  if (name === undefined || names.includes(name)) return;
  const meant = meantName(name, names);
  const listed = names.length === 0 ? 'it is empty' : `it has ${namesText(names)}`;
  const message = `${called} has no "${name}"; ${meant === undefined ? listed : `did you mean "${meant}"?`}`;
  yield { path, message, section };
}

export function namesOf(items: readonly { readonly name: string }[]): string[] {
  return items.map(({ name }) => name);
}
