import type { FieldDefinition, FieldType, SObjectDefinition } from '../../../contract/sobject.js';
import type { Sql } from '../sqlFragment.js';

/**
 * Tells how the columns of a statement become a record: one node per selected item, in the order of the query.
 * A `column` is an index into the statement's row.
 */
export type Node = ValueNode | ParentNode | TypeofNode | AddressNode | ChildrenNode;

export interface ValueNode {
  readonly kind: 'value';
  /** Name in the record: canonical field name or alias. */
  readonly key: string;
  readonly column: number;
  readonly type: FieldType;
  /** Absent for the column of a function. */
  readonly definition?: FieldDefinition;
  /** The call, such as `avg(Amount)`, for the column of an aggregate. */
  readonly call?: string;
}

export interface ParentNode {
  readonly kind: 'parent';
  readonly key: string;
  /** Reference field of the row that holds this parent: `MemberId`. */
  readonly referenceName: string;
  readonly idColumn: number;
  /** Name in `attributes.type`. */
  readonly entityName: string;
  /** Objects that the parent may belong to. */
  readonly objects: readonly SObjectDefinition[];
  readonly nodes: Node[];
}

/** A parent of one of several objects, of which each has its own fields. */
export interface TypeofNode {
  readonly kind: 'typeof';
  readonly key: string;
  readonly referenceName: string;
  readonly idColumn: number;
  readonly objects: readonly SObjectDefinition[];
  /** The fields for each object of a WHEN, and those of the ELSE without an object. */
  readonly branches: readonly { readonly objectName?: string; readonly nodes: readonly Node[] }[];
}

/** A compound address, whose `city` comes from `BillingCity`, and so on. */
export interface AddressNode {
  readonly kind: 'address';
  readonly key: string;
  readonly definition: FieldDefinition;
  readonly parts: readonly { readonly key: string; readonly column: number }[];
}

export interface ChildrenNode {
  readonly kind: 'children';
  readonly key: string;
  readonly child: ChildQuery;
}

/** A sub-query of the select list. It runs once for all records of a page. */
export interface ChildQuery {
  readonly objectName: string;
  readonly nodes: readonly Node[];
  /**
   * The children of the given parents. Column 0 holds the parent's id, column 1 the child's.
   *
   * @param parentIds JSON array of ids
   */
  readonly statement: (parentIds: string) => Sql;
}
