import type { SQLOutputValue } from '../../../base/sqlite/sqlite.js';
import type { FieldType } from '../../../contract/sobject.js';
import { keyPrefixOf } from '../../store/ids/recordIds.js';
import type { AddressNode, Node, ParentNode, TypeofNode, ValueNode } from './recordPlan.js';
import type { ChildRows, CompoundValue, AnswerRow, SObjectValue } from './answerRow.js';

/** One row that a statement returned: the values of its columns. */
export type SqlRow = readonly SQLOutputValue[];

/** Returns the children that one sub-query found for the record of the row. */
export type ChildrenOf = (node: Extract<Node, { kind: 'children' }>) => ChildRows | null;

/** Path of a record: `/services/data/v66.0/sobjects/Voucher/0kDxx…`. */
export function renderedUrl(apiVersion: string, objectName: string, id: string): string {
  return `/services/data/v${apiVersion}/sobjects/${objectName}/${id}`;
}

/** Renders one row as a record in Salesforce's JSON. */
export function renderRecord(
  apiVersion: string,
  identity: AnswerRow['attributes'],
  nodes: readonly Node[],
  row: SqlRow,
  childrenOf: ChildrenOf,
): AnswerRow {
  const record: AnswerRow = { attributes: { ...identity } };
  for (const node of nodes) {
    record[node.key] = isFile(node) ? fileUrl(identity, node, row) : renderNode(apiVersion, node, row, childrenOf);
  }
  return record;
}

function isFile(node: Node): node is ValueNode {
  return node.kind === 'value' && node.type === 'base64';
}

/** A file is read at an address of its own. */
function fileUrl({ url = '' }: AnswerRow['attributes'], { key, column }: ValueNode, row: SqlRow): string | null {
  return (row[column] ?? null) === null ? null : `${url}/${key}`;
}

function renderNode(apiVersion: string, node: Node, row: SqlRow, childrenOf: ChildrenOf): SObjectValue {
  switch (node.kind) {
    case 'value':
      return renderValue(node.type, row[node.column] ?? null);
    case 'parent':
      return renderParent(apiVersion, node, row, childrenOf);
    case 'typeof':
      return renderTypeof(apiVersion, node, row, childrenOf);
    case 'address':
      return renderAddress(node, row);
    case 'children':
      return childrenOf(node);
  }
}

function renderParent(apiVersion: string, node: ParentNode, row: SqlRow, childrenOf: ChildrenOf): AnswerRow | null {
  const id = row[node.idColumn];
  if (typeof id !== 'string') return null;
  const object = node.objects.find(({ keyPrefix }) => keyPrefix === keyPrefixOf(id)) ?? node.objects[0];
  const url = renderedUrl(apiVersion, object?.name ?? node.entityName, id);
  return renderRecord(apiVersion, { type: node.entityName, url }, node.nodes, row, childrenOf);
}

function renderTypeof(apiVersion: string, node: TypeofNode, row: SqlRow, childrenOf: ChildrenOf): AnswerRow | null {
  const id = row[node.idColumn];
  if (typeof id !== 'string') return null;
  const object = node.objects.find(({ keyPrefix }) => keyPrefix === keyPrefixOf(id));
  const branch =
    node.branches.find(({ objectName }) => objectName === object?.name) ??
    node.branches.find(({ objectName }) => objectName === undefined);
  if (!object || !branch) return null;
  const identity = { type: object.name, url: renderedUrl(apiVersion, object.name, id) };
  return renderRecord(apiVersion, identity, branch.nodes, row, childrenOf);
}

function renderAddress(node: AddressNode, row: SqlRow): CompoundValue | null {
  const parts = node.parts.map(({ key, column }) => [key, scalar(row[column] ?? null)] as const);
  return parts.every(([, value]) => value === null) ? null : Object.fromEntries(parts);
}

/** A stored `2026-04-03T08:00:00.000Z` is returned as `2026-04-03T08:00:00.000+0000`. */
export function renderValue(type: FieldType, value: SQLOutputValue): string | number | boolean | null {
  if (type === 'boolean') return value === 1;
  if (type === 'datetime' && typeof value === 'string') return value.replace(/Z$/, '+0000');
  return scalar(value);
}

function scalar(value: SQLOutputValue): string | number | null {
  return typeof value === 'string' || typeof value === 'number' ? value : null;
}
