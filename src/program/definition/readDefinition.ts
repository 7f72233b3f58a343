import { dirname, resolve } from 'node:path';
import { shapeIssues } from '../../base/shapes/shapeIssues.js';
import { DefinitionError } from './definitionError.js';
import type { DefinitionPlace, PlacedIssue } from './definitionError.js';
import { readSources } from './definitionFiles.js';
import type { DefinitionIssue } from './definitionIssue.js';
import { definitionIssues } from './definitionIssues.js';
import { issuesOfFittingParts } from './fittingParts.js';
import { JoinedSources } from './joinSources.js';
import type { ProgramDefinition } from './programDefinition.js';
import { ProgramShape } from './programShape.js';
import { rulesFileIssues } from './rulesFile.js';

/** A definition, and the files that it was read from. */
export interface ReadDefinition {
  readonly definition: ProgramDefinition;
  /** In the order in which they were read. */
  readonly files: readonly string[];
  /** Absolute path of the file with the rules of the processes, if the definition names one. */
  readonly rulesFile?: string;
  /** Returns where a part is, or the nearest part around it. @param path keys and indices */
  readonly placeOf: (path: DefinitionIssue['path']) => DefinitionPlace;
}

/** So that a file of nothing but mistakes is refused in a short time, too. */
const mostIssues = 1000;

/**
 * Reads a definition from a YAML or JSON file, or from a folder with several. In a folder, lists are joined in the order
 * of the file names, and any other value may be in one file only.
 * @throws {DefinitionError} with all issues of the files, each with its place
 */
export async function readDefinition(path: string): Promise<ReadDefinition> {
  const sources = await readSources(path);
  const joined = new JoinedSources(sources);
  const parsed = ProgramShape.safeParse(joined.value);
  const issues: PlacedIssue[] = [...joined.issues];
  for (const issue of parsed.success ? definitionIssues(parsed.data) : issuesOfShape(joined.value, parsed.error)) {
    issues.push(joined.placed(issue));
    if (issues.length >= mostIssues) throw new DefinitionError(issues);
  }
  const rulesFile = rulesFileOf(joined);
  if (rulesFile !== undefined) {
    issues.push(...(await rulesFileIssues(rulesFile, joined.value)).map((issue) => joined.placed(issue)));
  }
  if (issues.length > 0 || !parsed.success) throw new DefinitionError(inOrder(issues));
  const files = sources.map(({ file }) => file);
  const placeOf: ReadDefinition['placeOf'] = (path) => {
    const { file, line, column } = joined.placed({ path, message: '' });
    return { file, line, column };
  };
  return { definition: parsed.data, files, placeOf, ...(rulesFile !== undefined && { rulesFile }) };
}

function* issuesOfShape(
  value: JoinedSources['value'],
  { issues }: Pick<NonNullable<ReturnType<typeof ProgramShape.safeParse>['error']>, 'issues'>,
): Generator<DefinitionIssue> {
  yield* shapeIssues(issues, value, ProgramShape);
  const unfit = issues.map(({ path }) => path.map((step) => (typeof step === 'number' ? step : String(step))));
  yield* issuesOfFittingParts(value, unfit);
}

function rulesFileOf(joined: JoinedSources): string | undefined {
  const { rules } = joined.value;
  const file = joined.fileOf('rules');
  return typeof rules === 'string' && rules !== '' && file !== undefined ? resolve(dirname(file), rules) : undefined;
}

function inOrder(issues: readonly PlacedIssue[]): readonly PlacedIssue[] {
  const files = [...new Set(issues.map(({ file }) => file))].sort();
  return issues.toSorted(
    (a, b) => files.indexOf(a.file) - files.indexOf(b.file) || a.line - b.line || a.column - b.column,
  );
}
