import type { z } from 'zod';
import { isJsonObject, valueAt } from '../base/jsonObject.js';
import { nearest } from '../base/text/nearest.js';
import { shortText } from '../base/text/shortText.js';
import type { Path } from '../base/files/documentText.js';

type Issue = z.core.$ZodIssue;

export interface PathIssue {
  readonly path: Path;
  readonly message: string;
}

/** Says in plain English what is wrong with a value that is not a file of cases. */
export function caseFileIssues(issues: readonly Issue[], value: unknown): PathIssue[] {
  return issues.flatMap((issue) => explained(issue, value));
}

function explained(issue: Issue, value: unknown): PathIssue[] {
  const { path } = issue;
  const at = path.join('.');
  const found = valueAt(value, path);
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({ path: [...path, key], message: `${key} is not a key of ${at || 'the file'}` }));
  if (issue.code === 'invalid_union') return ofUnion(issue, value, found);
  if (found === undefined) {
    const message = `${path.slice(0, -1).join('.') || 'the file'} needs the key ${String(path.at(-1))}`;
    return [{ path: path.slice(0, -1), message }];
  }
  if (issue.code === 'custom') return [{ path, message: `${at} ${issue.message}` }];
  return [{ path, message: `${at || 'the file'} is ${shown(found)}, which ${complaint(issue, found)}` }];
}

const words: Readonly<Record<string, string>> = {
  array: 'a list',
  boolean: 'true or false',
  int: 'a whole number',
  number: 'a number',
  object: 'an object',
  record: 'an object',
  string: 'a text',
};

function complaint(issue: Issue, found: unknown): string {
  switch (issue.code) {
    case 'invalid_format':
      return issue.format === 'date' ? 'must be a day, yyyy-MM-dd' : issue.message;
    case 'invalid_type':
      return `must be ${words[issue.expected] ?? issue.expected}`;
    case 'invalid_value': {
      const choices = issue.values.map(String);
      const meant = typeof found === 'string' ? nearest(found, choices) : undefined;
      return meant === undefined ? `must be one of ${choices.join(', ')}` : `is not known; did you mean ${meant}?`;
    }
    case 'too_small':
      if (Array.isArray(found) || typeof found === 'string') return 'must not be empty';
      return `must be ${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}`;
    case 'too_big':
      return Array.isArray(found) ? `may have at most ${issue.maximum} entries` : `must be at most ${issue.maximum}`;
    default:
      return issue.message;
  }
}

/** Of a union, the form counts that an object is meant to have: the one with the fewest mistakes. */
function ofUnion(issue: Issue & { readonly code: 'invalid_union' }, value: unknown, found: unknown): PathIssue[] {
  const inner = issue.errors.map((errors) => errors.map((each) => ({ ...each, path: [...issue.path, ...each.path] })));
  const isOfForm = (each: Issue): boolean => each.path.length > issue.path.length || each.code === 'unrecognized_keys';
  const [meant] = inner.filter((errors) => errors.every(isOfForm)).toSorted((a, b) => a.length - b.length);
  const at = issue.path.join('.');
  if (!meant || !isJsonObject(found)) return [{ path: issue.path, message: `${at} cannot be ${shown(found)}` }];
  // What is missing is probably what the unknown key should be.
  const unknown = meant.filter(({ code }) => code === 'unrecognized_keys');
  return (unknown.length > 0 ? unknown : meant).flatMap((each) => explained(each, value));
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  return isJsonObject(value) ? 'an object' : shortText(value === undefined ? 'nothing' : JSON.stringify(value), 100);
}
