import type { Validity } from './commonShapes.js';
import type { DefinitionIssue } from './definitionIssue.js';
import type { ProgramShape } from './programShape.js';

type Path = DefinitionIssue['path'];

/** Yields periods that end before they start. */
export function* periodIssues(program: ProgramShape): Generator<DefinitionIssue> {
  for (const section of ['promotions', 'engagementAttributes', 'partners'] as const) {
    for (const [index, { startDate, endDate }] of program[section].entries()) {
      yield* endBefore([section, index, 'endDate'], endDate, { startDate });
    }
  }
  for (const [index, { enrollmentStartDate, enrollmentEndDate }] of program.promotions.entries()) {
    yield* endBefore(['promotions', index, 'enrollmentEndDate'], enrollmentEndDate, { enrollmentStartDate });
  }
  for (const [index, { effectiveDate, validity }] of program.voucherDefinitions.entries()) {
    yield* endBefore(['voucherDefinitions', index, 'validity', 'until'], lastDay(validity), { effectiveDate });
  }
  for (const [index, { startDate, validity }] of program.badges.entries()) {
    yield* endBefore(['badges', index, 'validity', 'until'], lastDay(validity), { startDate });
  }
}

function lastDay(validity: Validity): string | undefined {
  return 'until' in validity ? validity.until : undefined;
}

/** @param start the first day, by the key that says it. All days are `yyyy-MM-dd` */
function* endBefore(
  path: Path,
  end: string | undefined,
  start: Readonly<Record<string, string | undefined>>,
): Generator<DefinitionIssue> {
  for (const [key, day] of Object.entries(start)) {
    if (end === undefined || day === undefined || end >= day) continue;
    yield { path, message: `${end} is before the ${key}, ${day}` };
  }
}
