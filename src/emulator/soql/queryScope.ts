import { notImplemented } from '../orgRefusal.js';
import { absentRelationship } from '../unimplemented/standardRelationships.js';
import type { FieldDefinition, SObjectDefinition } from '../../contract/sobject.js';
import type { Compilation } from './compilation.js';
import { queriedField, parentFieldOf } from './objectFields.js';
import { columnOf, comparable, entityName, joinOn, typeField, entityType } from './fromTables.js';
import type { Source } from './fromTables.js';
import type { Sql } from './sqlFragment.js';
import { join, columnName, nothing, sql } from './sqlFragment.js';

/** Salesforce limit on the depth of a path such as `A.B.C.D.E.Field`. */
const maxParentLevels = 5;
/** Salesforce limit on the number of parents in one query. */
const maxParents = 55;

/** The field that a path in the query resolves to. */
export interface FieldPath {
  readonly column: Sql;
  /** Canonical field name, without the path to it. */
  readonly name: string;
  readonly definition: FieldDefinition;
  /** Parents that the path goes through, in order. */
  readonly parents: readonly Source[];
  /** The path as written in the query, for error messages. */
  readonly written: string;
}

/** The FROM clause: resolves field paths and collects the joins that they need. */
export class QueryScope {
  readonly root: Source;
  readonly #parents = new Map<string, Source>();
  #joins: Sql[] = [];

  readonly #compilation: Compilation;
  readonly #ownNames: readonly string[];

  /** @param ownNames names that the query may use for the object itself: its alias and its API name */
  constructor(
    compilation: Compilation,
    readonly object: SObjectDefinition,
    ownNames: readonly string[],
  ) {
    this.#compilation = compilation;
    this.#ownNames = ownNames;

    this.root = { tables: [{ object, table: compilation.nextTable() }] };
  }

  /** @throws {SoqlError} INVALID_FIELD when the path does not lead to a field */
  resolve(path: string): FieldPath {
    const { steps, field } = this.#split(path);
    if (steps.length > maxParentLevels) {
      throw this.#compilation.text.malformed(`Relationship depth exceeded in field path '${path}'`);
    }
    const parents: Source[] = [];
    let source = this.root;
    for (const [index, step] of steps.entries()) {
      source = this.#walk(
        source,
        step,
        steps
          .slice(0, index + 1)
          .join('.')
          .toLowerCase(),
      );
      parents.push(source);
    }
    return { ...this.#fieldOfSource(source, field), parents, written: path };
  }

  /** `Id` of a table. It is null if the parent is missing. */
  idOf(source: Source): Sql {
    return columnOf(source.tables, 'Id');
  }

  column(fieldName: string): Sql {
    return columnOf(this.root.tables, fieldName);
  }

  /** Returns `"Object" AS "t0" LEFT JOIN …`. It is complete only after all paths are resolved. */
  from(): Sql {
    const [root] = this.root.tables;
    if (!root) return nothing;
    return join([sql`${columnName(root.object.name)} AS ${columnName(root.table)}`, ...this.#joins], ' ');
  }

  #split(path: string): { steps: string[]; field: string } {
    const steps = path.split('.');
    const field = steps.pop() ?? '';
    const [first] = steps;
    if (first !== undefined && this.#isOwnName(first)) steps.shift();
    return { steps, field };
  }

  #isOwnName(step: string): boolean {
    const lower = step.toLowerCase();
    return this.#ownNames.some((ownName) => ownName.toLowerCase() === lower);
  }

  #walk(from: Source, relationshipName: string, path: string): Source {
    const existing = this.#parents.get(path);
    if (existing) return existing;
    const { text, context } = this.#compilation;
    const [only] = from.tables;
    const reference =
      from.tables.length === 1 && only && parentFieldOf(only.object, relationshipName, context.apiVersion);
    if (!reference) throw absentRelationship(relationshipName) ?? text.noSuchParent(relationshipName);
    const tables = (reference.definition.referenceTo ?? []).flatMap((target) => {
      const object = context.schema.object(target);
      return object ? [{ object, table: this.#compilation.nextTable() }] : [];
    });
    if (tables.length === 0) throw notImplemented(`the relationship ${relationshipName}`);
    if (this.#parents.size >= maxParents) {
      throw text.malformed(`The query refers to more than ${maxParents} parents, which is the limit`, relationshipName);
    }
    const source = { relationshipName: reference.definition.relationshipName ?? relationshipName, reference, tables };
    this.#parents.set(path, source);
    this.#joins.push(...tables.map((table) => joinOn(table, columnName(only.table, reference.name))));
    return source;
  }

  #fieldOfSource(source: Source, field: string): Pick<FieldPath, 'column' | 'name' | 'definition'> {
    const { text, context } = this.#compilation;
    // Checked before the fields: Account and Group have a field Type that a reference to several objects cannot reach.
    if (source.tables.length > 1 && field.toLowerCase() === 'type') {
      return { column: entityType(source.tables), name: 'Type', definition: typeField };
    }
    const having = source.tables.filter(({ object }) => queriedField(object, field, context.apiVersion));
    const [first] = having;
    const found = first && queriedField(first.object, field, context.apiVersion);
    if (found) return { ...found, column: comparable(columnOf(having, found.name), having.length, found.definition) };
    throw text.noSuchColumn(field, entityName(source));
  }
}
