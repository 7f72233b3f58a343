import { isJsonObject } from '../../../base/jsonObject.js';
import { OrgRefusal } from '../../orgRefusal.js';
import type { ModelField, SObjectType } from '../../store/model/objectModel.js';
import type { Store } from '../../store/store.js';
import { criterionField } from '../../store/rowCriteria.js';
import { typeNamed, unexpected } from './collectionRequest.js';

/** Guide, REST API, "sObject Tree". */
const mostRecords = 200;
const mostTypes = 5;
const mostLevels = 5;

/** A record of a tree. Parents come before their children. */
export interface TreeRecord {
  readonly type: SObjectType;
  readonly referenceId: string;
  readonly given: Readonly<Record<string, unknown>>;
  /** The record's parent, and the field that refers to it. */
  readonly parent?: { readonly record: TreeRecord; readonly field: ModelField };
}

/** The place of a list of records in the tree. */
interface Place {
  readonly type: SObjectType;
  readonly level: number;
  readonly parent?: TreeRecord['parent'];
}

/**
 * Reads `{ "records": [{ "attributes": { "type": "Account", "referenceId": "a" }, "Name": "…", "Contacts": { "records":
 * [ … ] } }] }`.
 *
 * @throws {OrgRefusal} 400 INVALID_INPUT when a referenceId is missing, a type is wrong or a limit is exceeded,
 *   INVALID_TYPE when an object is unknown, JSON_PARSER_ERROR when the body has another form
 */
export class TreeReader {
  readonly #records: TreeRecord[] = [];

  readonly #store: Store;
  readonly #version: number;

  constructor(store: Store, version: number) {
    this.#store = store;
    this.#version = version;
  }

  read(body: Readonly<Record<string, unknown>>, type: SObjectType): readonly TreeRecord[] {
    this.#readAll(body['records'], { type, level: 1 });
    requireAtMost(mostTypes, new Set(this.#records.map((record) => record.type)).size, 'types of records');
    return this.#records;
  }

  #readAll(records: unknown, place: Place): void {
    if (!Array.isArray(records)) throw unexpected('records');
    requireAtMost(mostLevels, place.level, 'levels');
    requireAtMost(mostRecords, this.#records.length + records.length, 'records');
    for (const record of records) this.#readOne(record, place);
  }

  #readOne(item: unknown, { type, level, parent }: Place): void {
    if (!isJsonObject(item)) throw unexpected('a record');
    const { attributes, ...members } = item;
    const referenceId = this.#referenceIdOf(attributes, type);
    const children = Object.keys(members).filter((name) => isList(members[name]) && relationshipOf(type, name));
    const given = Object.fromEntries(Object.entries(members).filter(([name]) => !children.includes(name)));
    const record: TreeRecord = { type, referenceId, given, ...(parent && { parent }) };
    this.#records.push(record);
    for (const name of children) this.#readChildren(record, { name, list: members[name], level });
  }

  #readChildren(record: TreeRecord, { name, list, level }: { name: string; list: unknown; level: number }): void {
    const relationship = relationshipOf(record.type, name);
    if (!relationship || !isJsonObject(list)) throw unexpected(name);
    const type = typeNamed(this.#store, relationship.childObject, this.#version);
    const parent = { record, field: criterionField(type, relationship.field) };
    this.#readAll(list['records'], { type, parent, level: level + 1 });
  }

  #referenceIdOf(attributes: unknown, type: SObjectType): string {
    const { referenceId, type: name } = isJsonObject(attributes) ? attributes : {};
    if (typeof referenceId !== 'string' || referenceId === '') {
      throw invalid('Include a reference ID for each record in the request.');
    }
    if (typeof name === 'string' && this.#store.model.type(name) === type) return referenceId;
    throw invalid(`The type of the record ${referenceId} must be ${type.name}.`);
  }
}

function isList(value: unknown): boolean {
  return isJsonObject(value) && Array.isArray(value['records']);
}

function relationshipOf(type: SObjectType, name: string): { childObject: string; field: string } | undefined {
  return type.definition.children?.find((child) => child.name.toLowerCase() === name.toLowerCase());
}

function requireAtMost(most: number, count: number, what: string): void {
  if (count > most) throw invalid(`The request can’t contain more than ${most} ${what}.`);
}

function invalid(message: string): OrgRefusal {
  return new OrgRefusal(400, 'INVALID_INPUT', message);
}
