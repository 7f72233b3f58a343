import type {
  FieldFunctionExpression,
  FieldSubquery,
  FieldTypeOf,
  FieldType as SelectItem,
  Query,
} from '@jetstreamapp/soql-parser-js';
import { addressParts } from '../../../contract/compoundFields.js';
import type { Compilation } from '../compilation.js';
import { fieldName } from '../fieldExpression.js';
import { fieldsOf } from '../objectFields.js';
import type { ChildQuery, Node, ParentNode, TypeofNode } from '../answer/recordPlan.js';
import type { FieldPath, SelectScope } from '../queryScope.js';
import { entityName } from '../fromTables.js';
import type { Source } from '../fromTables.js';
import { selectedCall } from './selectedCall.js';
import type { Sql } from '../sqlFragment.js';

/** Maximum number of rows of a query with FIELDS(ALL) or FIELDS(CUSTOM): a Salesforce limit. */
const maxRowsOfAllFields = 200;

/** Compiles the items of a select list that have a list of their own. */
export interface InnerLists {
  child(item: FieldSubquery): { readonly key: string; readonly child: ChildQuery };
  typeOf(item: FieldTypeOf, columns: Sql[]): TypeofNode;
}

/** The select list of a query without aggregates. Collects the statement's columns and the nodes of the records. */
export class SelectList {
  readonly nodes: Node[] = [];
  readonly #parents = new Map<Source, ParentNode>();
  readonly #selected = new Set<string>();

  readonly #compilation: Compilation;
  readonly #scope: SelectScope;

  /** @param columns of the statement. Those of the list are appended; among the others is the record's `Id`. */
  constructor(
    compilation: Compilation,
    scope: SelectScope,
    readonly columns: Sql[],
  ) {
    this.#compilation = compilation;
    this.#scope = scope;
  }

  addAll(query: Pick<Query, 'fields' | 'limit'>, inner: InnerLists): void {
    for (const item of query.fields ?? []) this.#add(item, query.limit, inner);
  }

  addFields(paths: readonly string[]): void {
    for (const path of paths) this.#addField(this.#scope.resolve(path));
  }

  #add(item: SelectItem, limit: number | undefined, inner: InnerLists): void {
    const { text } = this.#compilation;
    switch (item.type) {
      case 'Field':
      case 'FieldRelationship': {
        if ('alias' in item && item.alias)
          throw text.malformed('only aggregate expressions use field aliasing', item.alias);
        this.#addField(this.#scope.resolve(('rawValue' in item && item.rawValue) || item.field));
        return;
      }
      case 'FieldFunctionExpression':
        this.#addCall(item, limit);
        return;
      case 'FieldSubquery': {
        const { key, child } = inner.child(item);
        this.#claim(key);
        this.nodes.push({ kind: 'children', key, child });
        return;
      }
      case 'FieldTypeof': {
        const node = inner.typeOf(item, this.columns);
        this.#claim(node.key);
        this.nodes.push(node);
        return;
      }
    }
  }

  #addCall(item: FieldFunctionExpression, limit: number | undefined): void {
    const [parameter] = item.parameters;
    if (fieldName(item) === 'FIELDS' && typeof parameter === 'string') {
      this.#addFieldSet(parameter.toUpperCase(), limit);
    } else {
      this.#addField(selectedCall(this.#compilation, this.#scope, item), item.alias);
    }
  }

  #addFieldSet(set: string, limit: number | undefined): void {
    const { text, context } = this.#compilation;
    if (set !== 'STANDARD' && (limit === undefined || limit > maxRowsOfAllFields)) {
      throw text.malformed(`The SOQL FIELDS function must have a LIMIT of at most ${maxRowsOfAllFields}`, 'FIELDS');
    }
    for (const { name } of fieldsOf(this.#scope.object, context.apiVersion)) {
      const custom = name.endsWith('__c');
      if (set === 'ALL' || custom === (set === 'CUSTOM')) this.#addField(this.#scope.resolve(name));
    }
  }

  #addField(path: FieldPath, alias?: string): void {
    const key = alias ?? path.name;
    this.#claim([...path.parents.map(({ relationshipName }) => relationshipName), key].join('.'));
    const nodes = this.#parentNodes(path.parents);
    const { definition } = path;
    if (definition.type === 'address') {
      nodes.push({ kind: 'address', key, definition, parts: this.#addressParts(path) });
    } else {
      nodes.push({ kind: 'value', key, column: this.#addColumn(path.column), type: definition.type, definition });
    }
  }

  #addressParts(path: FieldPath): { key: string; column: number }[] {
    const object = path.parents.at(-1)?.tables[0]?.object ?? this.#scope.object;
    const prefix = path.written.slice(0, path.written.lastIndexOf('.') + 1);
    return addressParts(object, path.name).map(({ key, fieldName }) => {
      return { key, column: this.#addColumn(this.#scope.resolve(prefix + fieldName).column) };
    });
  }

  /** Returns the nodes of the innermost parent. Each parent is created where the query first names it. */
  #parentNodes(parents: readonly Source[]): Node[] {
    let { nodes } = this;
    for (const source of parents) {
      let parent = this.#parents.get(source);
      if (!parent) {
        parent = this.#createParent(source);
        this.#parents.set(source, parent);
        nodes.push(parent);
      }
      ({ nodes } = parent);
    }
    return nodes;
  }

  #createParent(source: Source): ParentNode {
    return {
      kind: 'parent',
      key: source.relationshipName ?? '',
      referenceName: source.reference?.name ?? '',
      idColumn: this.#addColumn(this.#scope.idOf(source)),
      entityName: entityName(source),
      objects: source.tables.map(({ object }) => object),
      nodes: [],
    };
  }

  #addColumn(column: Sql): number {
    return this.columns.push(column) - 1;
  }

  #claim(path: string): void {
    const key = path.toLowerCase();
    if (this.#selected.has(key)) throw this.#compilation.text.invalidField(`duplicate field selected: ${path}`);
    this.#selected.add(key);
  }
}
