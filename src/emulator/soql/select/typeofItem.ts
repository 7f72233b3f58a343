import type { FieldTypeOf } from '@jetstreamapp/soql-parser-js';
import type { TypeofNode } from '../answer/recordPlan.js';
import type { Compilation } from '../compilation.js';
import type { QueryScope } from '../queryScope.js';
import type { Sql } from '../sqlFragment.js';
import { SelectList } from './selectList.js';

/**
 * Compiles `TYPEOF Owner WHEN User THEN Email ELSE Name END`.
 *
 * @param columns of the statement, to which those of all branches are appended
 * @throws {SoqlError} INVALID_FIELD when a WHEN names an object that the reference does not lead to, or lacks a field
 */
export function compileTypeof(
  compilation: Compilation,
  scope: QueryScope,
  { field, conditions }: FieldTypeOf,
  columns: Sql[],
): TypeofNode {
  const { reference, source } = scope.branch(field);
  const idColumn = columns.push(scope.idOf(source)) - 1;
  const branches = conditions.map(({ objectType, fieldList }) => {
    const branch = scope.branch(field, objectType);
    const list = new SelectList(compilation, branch, columns);
    list.addFields(fieldList);
    return { ...(objectType !== undefined && { objectName: branch.object.name }), nodes: list.nodes };
  });
  return {
    kind: 'typeof',
    key: reference.definition.relationshipName ?? field,
    referenceName: reference.name,
    idColumn,
    objects: source.tables.map(({ object }) => object),
    branches,
  };
}
