import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';

/** The kinds of programs that there are templates of. */
export const programTemplates = ['points', 'tiered', 'subscription', 'value-based'] as const;
export type ProgramTemplate = (typeof programTemplates)[number];

/** `lib/` and `src/` are beside each other, so that the path is the same from both. */
const root = join(import.meta.dirname, '..', '..');

/** Path of the JSON Schema of a definition. */
export const definitionSchema = join(root, 'schemas', 'program-definition.json');

export interface TemplateOptions {
  /** Name of the program. Default: the one of the template. */
  readonly name?: string | undefined;
  /** Path of the JSON Schema from the folder of the file, for the comment from which editors know it. */
  readonly schema?: string | undefined;
}

/** Returns a definition of this kind as YAML, with comments for somebody who reads one for the first time. */
export async function programTemplate(kind: ProgramTemplate, { name, schema }: TemplateOptions = {}): Promise<string> {
  const text = await readFile(join(root, 'examples', 'programs', `${kind}.yml`), 'utf8');
  const line = name === undefined ? undefined : stringify({ name }, { compat: 'yaml-1.1', lineWidth: 0 }).trimEnd();
  // A function, because a replacement text could contain `$&`.
  const named = line === undefined ? text : text.replace(/^name: .*$/m, () => line);
  return schema === undefined ? named : `# yaml-language-server: $schema=${schema}\n${named}`;
}
