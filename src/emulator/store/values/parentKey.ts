import { OrgRefusal, refused } from '../../orgRefusal.js';
import { coerceValue } from './coerceValue.js';
import { isKey } from '../model/objectModel.js';
import type { ModelField, SObjectType } from '../model/objectModel.js';
import type { Rows } from '../rowLookup.js';

/** The reference field that the parent is looked up for. */
interface Child {
  readonly type: SObjectType;
  readonly field: ModelField;
}

/**
 * Looks up a parent that is given by key instead of id: `"Member": { "MembershipNumber": "M-77" }`. If the field refers
 * to several objects, `type` names one: `"ReferredParty": { "attributes": { "type": "Contact" }, "Email": "…" }`.
 *
 * @returns the id of the only row with that key
 * @throws {OrgRefusal} INVALID_FIELD when the field cannot identify a parent or no row has the key, DUPLICATE_EXTERNAL_ID
 *   when several rows have it
 */
export function idOfParent(given: unknown, child: Child, rows: Rows): string {
  const { attributes, ...keys } = typeof given === 'object' ? (given as Record<string, unknown>) : {};
  const [entry, ...others] = Object.entries(keys);
  const parent = parentType(attributes, child.field, rows);
  const key = entry && parent?.field(entry[0]);
  if (!parent || !key || others.length > 0 || !isKey(key)) throw noKey(child);
  const value = coerceValue(entry[1], key);
  const ids = value === null ? [] : rows.idsWith(parent, key, value);
  const [id] = ids;
  if (id === undefined) {
    throw invalid(
      `Foreign key external ID: ${String(entry[1])} not found for field ${key.name} in entity ${parent.name}`,
    );
  }
  if (ids.length === 1) return id;
  throw refused(
    'DUPLICATE_EXTERNAL_ID',
    `${key.label}: more than one record found for external id field: [${ids.join(', ')}]`,
  );
}

function parentType(attributes: unknown, field: ModelField, rows: Rows): SObjectType | undefined {
  const targets = field.definition.referenceTo ?? [];
  const named = (attributes as { type?: unknown } | undefined)?.type;
  const name = typeof named === 'string' ? named : targets.length === 1 ? targets[0] : undefined;
  const type = name === undefined ? undefined : rows.model.type(name);
  return type && targets.includes(type.name) ? type : undefined;
}

function noKey({ type, field }: Child): OrgRefusal {
  const relationship = field.definition.relationshipName ?? field.name;
  return invalid(`${relationship} of ${type.name} takes one field of its parent that is an External ID or an idLookup`);
}

function invalid(message: string): OrgRefusal {
  return new OrgRefusal(400, 'INVALID_FIELD', message);
}
