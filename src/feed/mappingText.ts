import { isMap, isNode, isPair, LineCounter, parseDocument, type Document } from 'yaml';
import type { z } from 'zod';
import { nearest } from '../base/nearest.js';
import { FeedError } from './feedError.js';
import { branchesAt, MappingFile } from './mappingFile.js';

type Path = readonly PropertyKey[];

/** Knows where in a mapping file something stands, so that every error names its line. */
export class MappingText {
  readonly #document: Document;
  readonly #lines: LineCounter;

  constructor(
    readonly name: string,
    text: string,
  ) {
    this.#lines = new LineCounter();
    this.#document = parseDocument(text, { lineCounter: this.#lines, prettyErrors: false });
    const [error] = this.#document.errors;
    if (error !== undefined) throw this.#error(this.#lines.linePos(error.pos[0]).line, `is not YAML: ${error.message}`);
  }

  value(): unknown {
    return this.#document.toJS();
  }

  /** Line of the key that the path leads to, or of the nearest thing around it. */
  line(path: Path): number {
    let node: unknown = this.#document.contents;
    let offset = isNode(node) ? (node.range?.[0] ?? 0) : 0;
    for (const step of path) {
      if (!isMap(node)) break;
      const pair = node.items.find((item) => isPair(item) && String(item.key) === String(step));
      if (pair === undefined) break;
      if (isNode(pair.key)) offset = pair.key.range?.[0] ?? offset;
      node = pair.value;
    }
    return this.#lines.linePos(offset).line;
  }

  error(path: Path, what: string): FeedError {
    return this.#error(this.line(path), path.length === 0 ? what : `in \`${path.map(String).join('.')}\`, ${what}`);
  }

  /** Runs `work`; what it throws becomes an error at this place. */
  within<T>(path: Path, work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw this.error(path, error instanceof Error ? error.message : String(error));
    }
  }

  #error(line: number, what: string): FeedError {
    return new FeedError('mapping-invalid', `${this.name} line ${line}: ${what.trim()}.`, [
      `Correct line ${line} of ${this.name}.`,
    ]);
  }
}

/** @throws FeedError at the first thing that is wrong */
export function readMappingFile(
  text: string,
  name: string,
  override: { readonly source?: string | undefined },
): { file: MappingFile; place: MappingText } {
  const place = new MappingText(name, text);
  const value = place.value();
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw place.error([], 'a mapping has the keys source, key, member and journal');
  const parsed = MappingFile.safeParse(override.source === undefined ? value : { ...value, source: override.source });
  if (parsed.success) return { file: parsed.data, place };
  throw firstIssue(parsed.error.issues, value, place);
}

function firstIssue(issues: readonly z.core.$ZodIssue[], value: unknown, place: MappingText): FeedError {
  const [issue] = issues;
  if (issue === undefined) return place.error([], 'is no mapping');
  if (issue.code === 'invalid_union') return unionIssue(issue.path, value, place);
  if (issue.code === 'unrecognized_keys') {
    const [key = ''] = issue.keys;
    return unknownKey([...issue.path, key], knownKeys(issue.path, value), place);
  }
  const found = at(value, issue.path);
  if (found === undefined)
    return place.error(issue.path.slice(0, -1), `the key \`${String(issue.path.at(-1))}\` is missing`);
  return place.error(issue.path, `${JSON.stringify(found)} is not allowed: ${issue.message}`);
}

/** zod says of a union only that nothing fits: look which form is meant, and say what is wrong with that. */
function unionIssue(path: Path, value: unknown, place: MappingText): FeedError {
  const found = at(value, path);
  const branches = branchesAt(path);
  if (typeof found !== 'object' || found === null || branches === undefined)
    return place.error(
      path,
      found === undefined ? 'the key is missing' : `${JSON.stringify(found)} is not allowed here`,
    );
  const keys = Object.keys(found);
  const meant = branches.find((branch) => keys.some((key) => key === Object.keys(branch.shape)[0]));
  if (meant === undefined) {
    const known = branches.map((branch) => Object.keys(branch.shape)[0] ?? '');
    return unknownKey([...path, keys[0] ?? ''], known, place);
  }
  const issues = meant.safeParse(found).error?.issues ?? [];
  return firstIssue(
    issues.map((issue) => ({ ...issue, path: [...path, ...issue.path] })),
    value,
    place,
  );
}

function knownKeys(path: Path, value: unknown): string[] {
  if (path.length === 0) return Object.keys(MappingFile.shape);
  const found = Object.keys(at(value, path) ?? {});
  const meant = branchesAt(path)?.find((branch) => found.includes(Object.keys(branch.shape)[0] ?? ''));
  return Object.keys(meant?.shape ?? {});
}

function unknownKey(path: Path, known: readonly string[], place: MappingText): FeedError {
  const key = String(path.at(-1));
  const meant = nearest(key, known);
  const hint = meant === undefined ? `it can be ${known.join(', ')}` : `did you mean \`${meant}\`?`;
  return place.error(path, `the key \`${key}\` is not known; ${hint}`);
}

function at(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (inner, step) =>
      typeof inner === 'object' && inner !== null ? (inner as Readonly<Record<PropertyKey, unknown>>)[step] : undefined,
    value,
  );
}
