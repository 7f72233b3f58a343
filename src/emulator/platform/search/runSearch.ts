import type { OrgRequest, OrgResponse } from '../../http/orgEndpoint.js';
import { ok } from '../../http/orgEndpoint.js';
import { notImplemented, OrgRefusal } from '../../orgRefusal.js';
import type { SObjectType } from '../../store/model/objectModel.js';
import type { Store } from '../../store/store.js';
import { listViewName } from '../layouts/listViews.js';
import { answerQuery } from '../records/answerQuery.js';
import { foundIds } from './foundIds.js';
import type { Search, SearchedObject } from './search.js';
import { malformedSearch } from './searchErrors.js';
import { searchTerms } from './searchTerms.js';
import type { SearchTerms } from './searchTerms.js';

type FoundRecord = Record<string, unknown> & { readonly attributes: { readonly url: string } };

/** Since this API version, the records are in a member of the answer. */
const objectSince = 37;

/**
 * Runs a search: finds the records of each object, and reads them with a query.
 *
 * @throws {OrgRefusal} 400 when the words are malformed, or an object cannot be searched
 */
export function runSearch(store: Store, search: Search, request: OrgRequest): OrgResponse {
  const terms = searchTerms(search.text);
  const found = new Map<string, FoundRecord>();
  for (const object of objectsOf(store, search, request.version)) {
    const answer = recordsOf(store, { object, terms, search }, request);
    if (answer.status !== 200) return answer;
    // An object may be named twice. Its records are found once.
    for (const record of (answer.body as { records: FoundRecord[] }).records) {
      const { url } = record.attributes;
      if (!found.has(url)) found.set(url, record);
    }
    if (found.size >= search.limit) break;
  }
  const searchRecords = [...found.values()].slice(0, search.limit);
  if (request.version < objectSince) return ok(searchRecords);
  return ok({ searchRecords, ...(search.withLabels && { metadata: labelsOf(store, search) }) });
}

/** All objects that have pages, unless the search names some. */
function objectsOf({ model }: Store, { objects }: Search, version: number): readonly SearchedObject[] {
  if (objects.length > 0) return objects;
  return searchedTypes(model.types, version).map(({ name }) => ({ name, fields: [] }));
}

/** The objects that a search without names looks into. */
export function searchedTypes(types: readonly SObjectType[], version: number): SObjectType[] {
  return types.filter(({ definition: { createable, searchable, since } }) => {
    return createable === true && searchable !== false && since <= version;
  });
}

interface Wanted {
  readonly object: SearchedObject;
  readonly terms: SearchTerms;
  readonly search: Search;
}

/** The query says what is wrong with an object, a field or a condition, also if nothing is found. */
function recordsOf(store: Store, { object, terms, search }: Wanted, request: OrgRequest): OrgResponse {
  const type = store.model.type(object.name);
  if (type?.definition.searchable === false) {
    throw new OrgRefusal(400, 'INVALID_SEARCH_SCOPE', `entity type ${type.name} does not support search`);
  }
  if (type && object.listView !== undefined) requireListView(type, object.listView);
  const ids = type ? foundIds(store, type, terms, search.scope) : [];
  const noRecord = `${type?.definition.keyPrefix ?? '000'}000000000000`;
  const list = (ids.length > 0 ? ids : [noRecord]).map((id) => `'${id}'`).join(',');
  const parts = [
    `SELECT ${object.fields.length > 0 ? object.fields.join(', ') : 'Id'} FROM ${object.name}`,
    `WHERE Id IN (${list})`,
    ...(object.where === undefined ? [] : [`AND (${object.where})`]),
    `ORDER BY ${object.orderBy ?? 'Id'}`,
    ...(object.limit === undefined ? [] : [`LIMIT ${object.limit}`]),
    ...(object.offset === undefined ? [] : [`OFFSET ${object.offset}`]),
  ];
  return answerQuery(request, parts.join(' '));
}

/**
 * The only view of an object has all of its records.
 *
 * @throws {OrgRefusal} 400 for any other name; 501 for what the user has seen last
 */
function requireListView(type: SObjectType, name: string): void {
  if (name.toLowerCase() === 'recent') throw notImplemented('USING ListView=Recent in SOSL');
  const known = type.definition.createable ? listViewName(type).developerName : undefined;
  if (known?.toLowerCase() === name.toLowerCase()) return;
  throw malformedSearch(`The object ${type.name} has no list view named ${name}`);
}

/** The member is misspelled in the guide. */
function labelsOf({ model }: Store, { objects }: Search): Record<string, unknown> {
  const entities = objects.flatMap(({ name, fields }) => {
    const type = model.type(name);
    if (!type) return [];
    const fieldMetadata = fields.flatMap((field) => {
      const known = type.field(field);
      return known ? [{ name: known.name, label: known.label }] : [];
    });
    return [{ entityName: type.name, fieldMetadata }];
  });
  return { entityetadata: entities };
}
