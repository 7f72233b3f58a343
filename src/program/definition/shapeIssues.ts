import type { z } from 'zod';
import { isJsonObject, valueAt } from '../../base/jsonObject.js';
import { shortText } from '../../base/text/shortText.js';
import { meantName } from './definitionIssue.js';
import type { DefinitionIssue } from './definitionIssue.js';
import { meantShape, knownKeys, shapeAt, shapeWords } from './shapeForms.js';

type Issue = z.core.$ZodIssue;
type Path = DefinitionIssue['path'];

/** Yields what is wrong with a value that is not of the shape of a definition, in plain English. */
export function* shapeIssues(issues: readonly Issue[], value: unknown): Generator<DefinitionIssue> {
  for (const issue of issues) yield* explained(issue, value);
}

function* explained(issue: Issue, value: unknown): Generator<DefinitionIssue> {
  const path = pathOf(issue);
  const found = valueAt(value, path);
  if (issue.code === 'unrecognized_keys') {
    for (const key of issue.keys) yield unknownKey([...path, key], value);
  } else if (found === undefined) {
    yield missingKey(path, issue, value);
  } else if (issue.code === 'invalid_union' && issue.discriminator === undefined) {
    yield* unfitUnion(path, found, value);
  } else {
    const shape = shapeAt(path, value);
    const message =
      found === null
        ? `has no value; write ${wantedWords(issue, shape)}`
        : `${shown(found)} ${complaint(issue, found, shape)}`;
    yield { path, message };
  }
}

/** Of a union, zod says only that nothing fits. This finds the form that is meant, and what is wrong with it. */
function* unfitUnion(path: Path, found: unknown, value: unknown): Generator<DefinitionIssue> {
  const shape = shapeAt(path, value);
  const form = shape && meantShape(shape, found);
  const issues = form?.safeParse(found).error?.issues;
  if (issues) {
    for (const issue of issues) yield* explained({ ...issue, path: [...path, ...issue.path] }, value);
  } else {
    const subject = isJsonObject(found) ? '' : `${shown(found)} `;
    yield { path, message: `${subject}must be ${shape ? shapeWords(shape) : 'something else'}` };
  }
}

function unknownKey(path: Path, value: unknown): DefinitionIssue {
  const around = path.slice(0, -1);
  const known = knownKeys(shapeAt(around, value), valueAt(value, around)).filter((key) => key !== '$schema');
  const meant = meantName(String(path.at(-1)), known);
  return { path, message: `is not a key here; ${meant ? `did you mean ${meant}?` : `use one of ${known.join(', ')}`}` };
}

function missingKey(path: Path, issue: Issue, value: unknown): DefinitionIssue {
  const words = wantedWords(issue, shapeAt(path, value));
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
  const wanted = wantedWords(issue, shape);
  const choices = choicesOf(issue);
  const meant = choices && typeof found === 'string' ? meantName(found, choices) : undefined;
  switch (issue.code) {
    case 'too_small':
      return found === ''
        ? 'must not be empty'
        : `must be ${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}`;
    case 'too_big':
      if (typeof found === 'string') return `has ${found.length} characters, but at most ${issue.maximum} are allowed`;
      return `must be at most ${issue.maximum}`;
    case 'not_multiple_of':
      return 'may have at most two decimals';
    case 'invalid_key':
      return 'has a key that is empty or too long';
    default:
      if (issue.code === 'custom' || (issue.code === 'invalid_format' && issue.format === 'regex'))
        return issue.message;
      if (wanted === aText && isPlain(found)) return `must be a text: write '${found}' in quotes`;
      return `must be ${wanted}${meant === undefined ? '' : `; did you mean ${meant}?`}`;
  }
}

function isPlain(value: unknown): value is number | boolean {
  return typeof value === 'number' || typeof value === 'boolean';
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
