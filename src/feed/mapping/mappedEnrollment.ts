import type { NamedExpression } from '../expressions/rowEvaluator.js';
import { columnsOfRule } from './columnsOfRule.js';
import { compileField } from './mappedFields.js';
import type { FieldRule } from './rowRules.js';
import type { MappingText, Path } from './mappingText.js';

/** A field of a member, the rule that makes it, and where the mapping has it. */
export interface MappedMemberRule {
  readonly name: string;
  readonly rule: FieldRule;
  readonly path: Path;
}

/** The section `enroll` of a mapping: with what a member is enrolled whom the program does not have. */
export interface MappedEnrollment {
  readonly fields: readonly MappedMemberRule[];
  /** In the order of the fields. */
  readonly expressions: readonly NamedExpression[];
  /** Every column that the fields name, and the line where they do. */
  readonly columns: readonly { readonly column: string; readonly line: number }[];
}

/**
 * Checks the section as far as possible without an org. The rest is checked when the org is known.
 * @throws {FeedError} for the first rule that cannot be used
 */
export function mappedEnrollment(rules: Readonly<Record<string, FieldRule>>, place: MappingText): MappedEnrollment {
  const fields = Object.entries(rules).map(([name, rule]): MappedMemberRule => {
    const path = ['enroll', name];
    if (name.toLowerCase() === 'membershipnumber')
      throw place.error(path, 'is filled from `member`', 'Remove it from the mapping.');
    place.within(path, () => compileField(name, rule));
    return { name, rule, path };
  });
  return {
    fields,
    expressions: fields.flatMap(({ name, path, rule }) =>
      typeof rule === 'object' && 'expression' in rule ? [{ name, path, source: rule.expression }] : [],
    ),
    columns: fields.flatMap(({ rule, path }) =>
      columnsOfRule(rule).map((column) => ({ column, line: place.line(path) })),
    ),
  };
}
