import type { z } from 'zod';
import { isJsonObject, valueAt } from '../../base/jsonObject.js';
import { nearest } from '../../base/text/nearest.js';
import type { FeedError } from '../feedError.js';
import { formsAt } from './mappingFile.js';
import type { MappingText, Path } from './mappingText.js';

type Issue = z.core.$ZodIssue;

/**
 * @param file shape of the whole file
 * @throws {FeedError} for the first issue
 */
export function checkMapping<File extends z.ZodObject>(value: unknown, place: MappingText, file: File): z.output<File> {
  if (!isJsonObject(value)) throw place.error([], `a mapping has the keys ${requiredKeys(file)}`);
  const parsed = file.safeParse(value);
  if (parsed.success) return parsed.data;
  throw errorOf(parsed.error.issues, value, { place, keys: Object.keys(file.shape) });
}

/** The mapping file of an issue, and the keys that its top level may have. */
interface Checked {
  readonly place: MappingText;
  readonly keys: readonly string[];
}

function requiredKeys({ shape }: z.ZodObject): string {
  const names = Object.keys(shape).filter((key) => !(shape[key] as z.ZodType).safeParse(undefined).success);
  return names.join(', ').replace(/, (?=[^,]*$)/, ' and ');
}

/** Reports an unknown key first, because it is probably the reason why another key is missing. */
function errorOf(issues: readonly Issue[], value: unknown, checked: Checked): FeedError {
  const { place } = checked;
  const issue = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0];
  if (issue === undefined) return place.error([], 'is not a mapping');
  if (issue.code === 'unrecognized_keys')
    return unknownKey(issue.path, issue.keys[0] ?? '', knownKeys(issue.path, value, checked), place);
  const found = valueAt(value, issue.path);
  if (found === undefined) return missingKey(issue.path, value, place);
  if (issue.code === 'invalid_union') return errorOfForm(issue.path, value, checked);
  return place.error(issue.path, `cannot be ${shown(found)}: ${issue.message}`);
}

/** Of a union, zod says only that nothing fits. This finds the form that is meant, and what is wrong with it. */
function errorOfForm(path: Path, value: unknown, checked: Checked): FeedError {
  const { place } = checked;
  const found = valueAt(value, path);
  const forms = formsAt(path);
  const firsts = forms.map(firstKey).join(', ');
  if (forms.length === 0)
    return place.error(path, `cannot be ${shown(found)}: it names a column, or a list of columns`);
  if (!isJsonObject(found) || Object.keys(found).length === 0)
    return place.error(
      path,
      `cannot be ${shown(found)}: it names columns, or is an object with ${forms.length > 1 ? 'one of ' : ''}${firsts}`,
    );
  const meant = meantForm(path, found);
  if (meant === undefined) return unknownKey(path, Object.keys(found)[0] ?? '', forms.map(firstKey), place);
  const issues = meant.safeParse(found).error?.issues ?? [];
  return errorOf(
    issues.map((issue) => ({ ...issue, path: [...path, ...issue.path] })),
    value,
    checked,
  );
}

const longestShown = 200;

function shown(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > longestShown ? `${text.slice(0, longestShown)}…` : text;
}

function knownKeys(path: Path, value: unknown, { keys }: Checked): readonly string[] {
  if (path.length === 0) return keys;
  const [form, ...others] = formsAt(path);
  return Object.keys((others.length === 0 ? form : meantForm(path, valueAt(value, path)))?.shape ?? {});
}

function meantForm(path: Path, found: unknown): z.ZodObject | undefined {
  return isJsonObject(found) ? formsAt(path).find((form) => Object.hasOwn(found, firstKey(form))) : undefined;
}

/** Returns the key by which a form is recognized. */
function firstKey(form: z.ZodObject): string {
  return Object.keys(form.shape)[0] ?? '';
}

function missingKey(path: Path, value: unknown, place: MappingText): FeedError {
  const key = String(path.at(-1));
  const around = path.slice(0, -1);
  const twin = Object.keys(valueAt(value, around) ?? {}).find((each) => each.toLowerCase() === key.toLowerCase());
  const action = twin === undefined ? undefined : `Write \`${key}\` instead of \`${twin}\`.`;
  return place.error(around, `${around.length === 0 ? 'the mapping ' : ''}needs the key \`${key}\``, action);
}

function unknownKey(path: Path, key: string, known: readonly string[], place: MappingText): FeedError {
  const meant = nearest(key, known);
  const action = meant === undefined ? `Use one of ${known.join(', ')}.` : `Write \`${meant}\` instead of \`${key}\`.`;
  return place.error([...path, key], 'is not a key of a mapping', action);
}
