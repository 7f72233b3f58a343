import { notImplemented } from '../orgRefusal.js';
import { absentRelationship } from '../unimplemented/standardRelationships.js';
import type { FieldDefinition, SObjectDefinition } from '../../contract/sobject.js';
import type { Compilation } from './compilation.js';
import { queriedField, parentFieldOf } from './objectFields.js';
import type { NamedField } from './objectFields.js';
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

interface Path {
  readonly steps: string[];
  readonly field: string;
}

/** What a select list needs to know of the rows that its fields belong to. */
export type SelectScope = Pick<QueryScope, 'idOf' | 'object' | 'resolve'>;

/** The parents that one WHEN, or the ELSE, of a TYPEOF reads. */
export interface Branch extends SelectScope {
  readonly reference: NamedField;
  readonly source: Source;
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
    return this.#resolve({ source: this.root, key: '' }, this.#split(path), path);
  }

  /**
   * Returns the parents of a reference to several objects, all together or those of one object, for TYPEOF.
   *
   * @throws {SoqlError} INVALID_FIELD when the relationship leads to only one object, or not to this one
   */
  branch(relationshipName: string, objectName?: string): Branch {
    const { text } = this.#compilation;
    const key = relationshipName.toLowerCase();
    const whole = this.#walk(this.root, relationshipName, key);
    const { reference } = whole;
    if (!reference || whole.tables.length === 1) throw text.noSuchParent(relationshipName);
    const lower = objectName?.toLowerCase();
    const tables = whole.tables.filter(({ object }) => lower === undefined || object.name.toLowerCase() === lower);
    const [only] = tables;
    if (!only) throw text.noSuchParent(objectName ?? relationshipName);
    const place =
      lower === undefined ? { source: whole, key } : { source: { ...whole, tables }, key: `${key}:${lower}` };
    return {
      reference,
      source: place.source,
      object: only.object,
      resolve: (path) => this.#resolve(place, readPath(path), path),
      idOf: (source) => this.idOf(source),
    };
  }

  #resolve(from: { source: Source; key: string }, { steps, field }: Path, path: string): FieldPath {
    if (steps.length > maxParentLevels) {
      throw this.#compilation.text.malformed(`Relationship depth exceeded in field path '${path}'`);
    }
    const parents: Source[] = [];
    let { source, key } = from;
    for (const step of steps) {
      key = key === '' ? step.toLowerCase() : `${key}.${step.toLowerCase()}`;
      source = this.#walk(source, step, key);
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

  #split(path: string): Path {
    const { steps, field } = readPath(path);
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

function readPath(path: string): Path {
  const steps = path.split('.');
  const field = steps.pop() ?? '';
  return { steps, field };
}
