import { notFound } from '../../orgRefusal.js';
import type { OrgRequest, OrgResponse } from '../../http/orgEndpoint.js';
import { criterionField } from '../../store/rowCriteria.js';
import { isId, to18 } from '../../store/ids/recordIds.js';
import type { SObjectType } from '../../store/model/objectModel.js';
import type { Store } from '../../store/store.js';
import { absentRelationship } from '../../unimplemented/standardRelationships.js';
import { answerGet, answerQuery } from './answerQuery.js';
import { fieldsOfBody, recordUrl } from './recordEndpoints.js';

/**
 * Returns the parent or the children of a record by the name of the relationship: `/sobjects/Contact/<id>/Account`,
 * `/sobjects/Account/<id>/Contacts?fields=LastName`. Children are returned in pages, as from a query.
 *
 * @returns undefined where the address means something else: a field that is a key, and its value
 * @throws {OrgRefusal} 404 NOT_FOUND for a record that is none, or has no such parent; 501 for a relationship of an org
 */
export function related(store: Store, type: SObjectType, request: OrgRequest): OrgResponse | undefined {
  const { key = '', value = '' } = request.params;
  if (type.field(key) || !isId(key)) return undefined;
  const found = parentOf(store, type, request) ?? childrenOf(store, type, request, value);
  const absent = found ? undefined : absentRelationship(value);
  if (absent) throw absent;
  return found;
}

function parentOf(store: Store, type: SObjectType, request: OrgRequest): OrgResponse | undefined {
  const { key = '', value = '' } = request.params;
  const field = type.relationship(value);
  if (!field) return undefined;
  const id = store.get(type.name, key)?.[field.name];
  const parent = typeof id === 'string' ? store.model.typeOfId(id) : undefined;
  if (!parent || typeof id !== 'string') throw notFound();
  const fields = request.query.get('fields');
  const query = fields === null ? '' : `?fields=${encodeURIComponent(fields)}`;
  return answerGet(request, recordUrl(request.version, parent.name, id) + query);
}

function childrenOf(store: Store, type: SObjectType, request: OrgRequest, name: string): OrgResponse | undefined {
  const relationship = type.definition.children?.find((child) => child.name.toLowerCase() === name.toLowerCase());
  const children = relationship && store.model.type(relationship.childObject);
  if (!relationship || !children) return undefined;
  const { key = '' } = request.params;
  if (!store.get(type.name, key)) throw notFound();
  const fields =
    request.query.get('fields') ??
    fieldsOfBody(children, request.version)
      .map((field) => field.name)
      .join(',');
  const reference = criterionField(children, relationship.field).name;
  const soql = `SELECT ${fields} FROM ${children.name} WHERE ${reference} = '${to18(key)}' ORDER BY Id`;
  return answerQuery(request, soql);
}
