import type { OrgRefusal } from '../orgRefusal.js';
import { notFound, refused } from '../orgRefusal.js';
import type { SObjectType } from './model/objectModel.js';

/** The platform tells an id of another object from one that it has never seen. */
export function noSuchRow(type: SObjectType, typeOfId: SObjectType | undefined, id: string): OrgRefusal {
  if (!typeOfId || typeOfId === type) return notFound();
  return refused('MALFORMED_ID', `${type.definition.label} ID: id value of incorrect type: ${id}`, ['Id']);
}

/** What an org answers is unpublished: the code is the platform's for a record that a user may not delete. */
export function bySoapOnly({ definition }: SObjectType): OrgRefusal {
  return refused(
    'INSUFFICIENT_ACCESS_OR_READONLY',
    `insufficient access rights on object id: ${definition.labelPlural.toLowerCase()} are deleted by the SOAP API only`,
  );
}

export function stillNeeded(id: string, { definition }: SObjectType, childId: string): OrgRefusal {
  const by = `the following ${definition.labelPlural.toLowerCase()}: ${childId}`;
  return refused(
    'DELETE_FAILED',
    `Your attempt to delete ${id} could not be completed because it is associated with ${by}`,
  );
}
