import type { FieldType, SObjectDefinition } from '../../../contract/sobject.js';
import { familyOf } from '../where/fieldFamily.js';
import type { Node } from './recordPlan.js';

/** One column in the answer to `columns=true`. */
export interface ColumnMetadata {
  readonly aggregate: boolean;
  readonly apexType: string | null;
  readonly booleanType: boolean;
  readonly columnName: string;
  readonly custom: boolean;
  readonly displayName: string;
  readonly foreignKeyName: string | null;
  readonly insertable: boolean;
  readonly joinColumns: readonly ColumnMetadata[];
  readonly numberType: boolean;
  readonly textType: boolean;
  readonly updatable: boolean;
}

/** Answer to a query with `columns=true`, which the `sf` CLI sends after every `data query`. */
export interface QueryMetadata {
  readonly columnMetadata: readonly ColumnMetadata[];
  readonly entityName: string;
  readonly groupBy: boolean;
  readonly idSelected: boolean;
  readonly keyPrefix: string;
}

export function queryMetadata(object: SObjectDefinition, nodes: readonly Node[], groupBy: boolean): QueryMetadata {
  return {
    columnMetadata: nodes.map(columnMetadata),
    entityName: object.name,
    groupBy,
    idSelected: nodes.some((node) => node.kind === 'value' && node.key === 'Id'),
    keyPrefix: object.keyPrefix,
  };
}

/** Parents and children have columns of their own. Only children and function calls count as aggregates. */
function columnMetadata(node: Node): ColumnMetadata {
  switch (node.kind) {
    case 'value': {
      const { key, type, definition, call } = node;
      return { ...column(key, type), ...flags(definition), displayName: call ?? key, aggregate: call !== undefined };
    }
    case 'address':
      return { ...column(node.key, 'address'), textType: false };
    case 'typeof':
      return { ...joined(node.key, node.branches[0]?.nodes ?? []), foreignKeyName: node.referenceName };
    case 'parent':
      return { ...joined(node.key, node.nodes), foreignKeyName: node.referenceName };
    case 'children':
      return { ...joined(node.key, node.child.nodes), aggregate: true };
  }
}

function joined(key: string, nodes: readonly Node[]): ColumnMetadata {
  return { ...column(key, 'string'), apexType: null, textType: false, joinColumns: nodes.map(columnMetadata) };
}

function column(key: string, type: FieldType): ColumnMetadata {
  const family = familyOf(type);
  return {
    aggregate: false,
    apexType: apexType(type),
    booleanType: family === 'boolean',
    columnName: key,
    custom: /__[cr]$/.test(key),
    displayName: key,
    foreignKeyName: null,
    insertable: false,
    joinColumns: [],
    numberType: family === 'number',
    textType: family === 'text',
    updatable: false,
  };
}

function flags(definition: { createable?: boolean; updateable?: boolean } = {}): {
  insertable: boolean;
  updatable: boolean;
} {
  return { insertable: definition.createable ?? false, updatable: definition.updateable ?? false };
}

function apexType(type: FieldType): string {
  switch (type) {
    case 'id':
    case 'reference':
      return 'Id';
    case 'int':
      return 'Integer';
    case 'long':
      return 'Long';
    case 'double':
    case 'currency':
    case 'percent':
      return 'Double';
    case 'boolean':
      return 'Boolean';
    case 'date':
      return 'Date';
    case 'datetime':
      return 'Datetime';
    case 'time':
      return 'Time';
    case 'address':
      return 'Address';
    case 'base64':
      return 'Blob';
    default:
      return 'String';
  }
}
