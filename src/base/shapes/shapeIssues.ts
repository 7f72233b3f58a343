import type { z } from 'zod';
import { isJsonObject, valueAt } from '../jsonObject.js';
import { meantName } from '../text/nearest.js';
import { shortText } from '../text/shortText.js';
import { meantShape, knownKeys, shapeAt, shapeWords } from './shapeForms.js';

type Issue = z.core.$ZodIssue;
type Path = readonly (string | number)[];

/** A part of a document that is not of the shape that it should have. */
export interface ShapeIssue {
  readonly path: Path;
  /** A clause that says what is wrong, and what would be right. */
  readonly message: string;
}

/** Yields in plain English what is wrong with a document that a person has written, and that a shape does not fit. */
export function* shapeIssues(issues: readonly Issue[], value: unknown, shape: z.ZodType): Generator<ShapeIssue> {
  for (const issue of issues) yield* explained(issue, { value, shape });
}

/** The whole document, and the shape that it should have. */
interface Whole {
  readonly value: unknown;
  readonly shape: z.ZodType;
}

function explained(issue: Issue, whole: Whole): ShapeIssue[] {
  const path = pathOf(issue);
  const found = valueAt(whole.value, path);
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey([...path, key], whole));
  if (found === undefined) return [missingKey(path, issue, whole)];
  if (issue.code === 'invalid_union' && issue.discriminator === undefined) return unfitUnion(path, found, whole);
  const shape = shapeAt(path, whole);
  const message =
    found === null
      ? `has no value; write ${wantedWords(issue, shape)}`
      : `${subjectOf(issue, found)}${complaint(issue, found, shape)}`;
  return [{ path, message }];
}

/** Of a union, zod says only that nothing fits. This finds the form that is meant, and what is wrong with it. */
function unfitUnion(path: Path, found: unknown, whole: Whole): ShapeIssue[] {
  const shape = shapeAt(path, whole);
  const form = shape && meantShape(shape, found);
  const issues = form?.safeParse(found).error?.issues;
  if (issues) return issues.flatMap((issue) => explained({ ...issue, path: [...path, ...issue.path] }, whole));
  const subject = isJsonObject(found) ? '' : `${shown(found)} `;
  return [{ path, message: `${subject}must be ${shape ? shapeWords(shape) : 'something else'}` }];
}

function unknownKey(path: Path, whole: Whole): ShapeIssue {
  const around = path.slice(0, -1);
  const known = knownKeys(shapeAt(around, whole), valueAt(whole.value, around)).filter((key) => key !== '$schema');
  const meant = meantName(String(path.at(-1)), known);
  return { path, message: `is not a key here; ${meant ? `did you mean ${meant}?` : `use one of ${known.join(', ')}`}` };
}

function missingKey(path: Path, issue: Issue, whole: Whole): ShapeIssue {
  const words = wantedWords(issue, shapeAt(path, whole));
  const what = words === aText ? '' : `: ${words}`;
  return { path: path.slice(0, -1), message: `needs the key ${path.at(-1)}${what}` };
}

const aText = 'a text';

function wantedWords(issue: Issue, shape: z.ZodType | undefined): string {
  const choices = choicesOf(issue);
  if (choices !== undefined && choices.length > 1) return `one of ${choices.join(', ')}`;
  return shape ? shapeWords(shape) : 'something else';
}

function choicesOf(issue: Issue): readonly string[] | undefined {
  if (issue.code === 'invalid_value') return issue.values.map(String);
  return 'options' in issue && Array.isArray(issue.options) ? issue.options.map(String) : undefined;
}

/** What a value has to be, as a clause after it. */
function complaint(issue: Issue, found: unknown, shape: z.ZodType | undefined): string {
  switch (issue.code) {
    case 'too_small':
      if (found === '' || Array.isArray(found)) return 'must not be empty';
      return `must be ${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}`;
    case 'too_big':
      if (Array.isArray(found)) return `has ${found.length} entries, but at most ${issue.maximum} are allowed`;
      if (typeof found === 'string') return `has ${found.length} characters, but at most ${issue.maximum} are allowed`;
      return `must be at most ${issue.maximum}`;
    case 'not_multiple_of':
      return 'may have at most two decimals';
    case 'invalid_key':
      return 'has a key that is empty or too long';
    default:
      if (issue.code === 'custom' || (issue.code === 'invalid_format' && issue.format === 'regex'))
        return issue.message;
      return unfitValue(issue, found, shape);
  }
}

function unfitValue(issue: Issue, found: unknown, shape: z.ZodType | undefined): string {
  const wanted = wantedWords(issue, shape);
  const choices = choicesOf(issue);
  const meant = choices && typeof found === 'string' ? meantName(found, choices) : undefined;
  if (wanted === aText && isPlain(found)) return `must be a text: write '${found}' in quotes`;
  return `must be ${wanted}${meant === undefined ? '' : `; did you mean ${meant}?`}`;
}

function isPlain(value: unknown): value is number | boolean {
  return typeof value === 'number' || typeof value === 'boolean';
}

/** What a shape says itself of an object needs no subject. */
function subjectOf({ code }: Issue, found: unknown): string {
  return code === 'custom' && isJsonObject(found) ? '' : `${shown(found)} `;
}

const longestShown = 100;

function shown(value: unknown): string {
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) return 'a list';
  return isJsonObject(value) ? 'an object' : shortText(JSON.stringify(value), longestShown);
}

function pathOf({ path }: Issue): (string | number)[] {
  return path.map((step) => (typeof step === 'number' ? step : String(step)));
}
