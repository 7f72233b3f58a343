import type { z } from 'zod';
import { isJsonObject } from '../base/jsonObject.js';
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
  const wanted = issue.message.replace(/^Invalid (?:input|option): expected /, 'must be ');
  const what = issue.code === 'custom' ? at : `${at} is ${shown(found)}, which ${complaint(issue, wanted)}`;
  return [{ path, message: issue.code === 'custom' ? `${what} ${issue.message}` : what }];
}

function complaint(issue: Issue, wanted: string): string {
  if (issue.code === 'invalid_format') return issue.format === 'date' ? 'must be a day, yyyy-MM-dd' : issue.message;
  if (issue.code === 'too_small') return `must be ${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}`;
  if (issue.code === 'too_big') return `must be at most ${issue.maximum}`;
  return wanted;
}

/** Of a union, the form counts that fits the kind of value. */
function ofUnion(issue: Issue & { readonly code: 'invalid_union' }, value: unknown, found: unknown): PathIssue[] {
  const inner = issue.errors.map((errors) => errors.map((each) => ({ ...each, path: [...issue.path, ...each.path] })));
  const meant = inner.findLast((errors) =>
    errors.every((each) => each.path.length > issue.path.length || each.code === 'unrecognized_keys'),
  );
  if (meant && isJsonObject(found)) return meant.flatMap((each) => explained(each, value));
  return [{ path: issue.path, message: `${issue.path.join('.')} cannot be ${shown(found)}` }];
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  return isJsonObject(value) ? 'an object' : shortText(JSON.stringify(value) ?? 'nothing', 100);
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (inner, step) =>
      (isJsonObject(inner) || Array.isArray(inner)) && Object.hasOwn(inner, step)
        ? Reflect.get(inner, step)
        : undefined,
    value,
  );
}
