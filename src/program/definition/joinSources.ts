import type { DefinitionIssue } from './definitionIssue.js';
import type { PlacedIssue } from './definitionError.js';
import type { DefinitionSource } from './definitionSource.js';

type Path = DefinitionIssue['path'];

/** Where a part of the joined definition comes from. */
interface Origin {
  readonly source: DefinitionSource;
  /** Index of the first item of a list within the joined list. */
  readonly first: number;
}

/**
 * The files of a definition as one. Lists are joined in the order of the files. Any other value may be in one file
 * only.
 */
export class JoinedSources {
  readonly value: Record<string, unknown> = {};
  /** Keys that more than one file has, and should not. */
  readonly issues: PlacedIssue[] = [];
  readonly #origins = new Map<string, Origin[]>();
  readonly #sources: readonly DefinitionSource[];

  constructor(sources: readonly DefinitionSource[]) {
    this.#sources = sources;
    for (const source of sources) {
      for (const key of Object.keys(source.value)) this.#add(key, source);
    }
  }

  /** Returns the issue with its place in the files. */
  placed({ path, message }: DefinitionIssue): PlacedIssue {
    const [key, index, ...rest] = path;
    const origins = this.#origins.get(String(key)) ?? [];
    const at = typeof index === 'number' ? index : 0;
    const origin = origins.findLast(({ first }) => first <= at);
    const source = origin?.source ?? this.#sources[0];
    if (source === undefined) throw new RangeError('A definition has at least one file.');
    const inFile: Path = typeof index === 'number' ? [key ?? '', at - (origin?.first ?? 0), ...rest] : path;
    return source.issue(inFile, message, path);
  }

  /** Returns the file that has a key. */
  fileOf(key: string): string | undefined {
    return this.#origins.get(key)?.[0]?.source.file;
  }

  #add(key: string, source: DefinitionSource): void {
    const added = source.value[key];
    const before = this.value[key];
    const origins = this.#origins.get(key);
    if (origins === undefined) {
      this.value[key] = added;
      this.#origins.set(key, [{ source, first: 0 }]);
    } else if (Array.isArray(before) && Array.isArray(added)) {
      origins.push({ source, first: before.length });
      this.value[key] = [...(before as unknown[]), ...(added as unknown[])];
    } else if (key !== '$schema') {
      const message = `is also in ${origins[0]?.source.file}; only lists may be in several files`;
      this.issues.push(source.issue([key], message));
    }
  }
}
