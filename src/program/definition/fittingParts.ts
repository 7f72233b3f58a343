import type { DefinitionIssue } from './definitionIssue.js';
import { definitionIssues } from './definitionIssues.js';
import { ProgramShape } from './programShape.js';

/**
 * Yields what {@link definitionIssues} finds in the parts that fit their shape, although others do not, so that an
 * author learns of everything at once. Leaves out what the other parts could be the reason for.
 * @param unfit where the other parts are
 */
export function* issuesOfFittingParts(
  value: Readonly<Record<string, unknown>>,
  unfit: readonly DefinitionIssue['path'][],
): Generator<DefinitionIssue, void, void> {
  const { parts, kept, lost } = fittingParts(value, unfit);
  const program = ProgramShape.safeParse({ name: 'Unnamed', currencies: [], ...parts });
  if (!program.success) return;
  for (const issue of definitionIssues(program.data)) {
    const [key = '', index, ...rest] = issue.path;
    if (issue.section !== undefined && lost.has(issue.section)) continue;
    const original = typeof index === 'number' ? kept.get(String(key))?.[index] : undefined;
    yield original === undefined ? issue : { ...issue, path: [key, original, ...rest] };
  }
}

interface FittingParts {
  readonly parts: Record<string, unknown>;
  /** Of the remaining items of each list, the index in the whole list. */
  readonly kept: ReadonlyMap<string, readonly number[]>;
  /** Keys of which something is left out. */
  readonly lost: ReadonlySet<string>;
}

function fittingParts(
  value: Readonly<Record<string, unknown>>,
  unfit: readonly DefinitionIssue['path'][],
): FittingParts {
  const parts: Record<string, unknown> = {};
  const kept = new Map<string, number[]>();
  const lost = new Set(unfit.map(([key]) => String(key)));
  const wrongItems = new Set(unfit.map(([key, index]) => JSON.stringify([key, index])));
  for (const [key, part] of Object.entries(value)) {
    if (!Object.hasOwn(ProgramShape.shape, key)) continue;
    if (!lost.has(key)) parts[key] = part;
    else if (Array.isArray(part)) {
      const indices = [...part.keys()].filter((index) => !wrongItems.has(JSON.stringify([key, index])));
      kept.set(key, indices);
      parts[key] = indices.map((index) => (part as unknown[])[index]);
    }
  }
  return { parts, kept, lost };
}
