import { toRecordId } from '../../store/ids/idSequence.js';
import { to18 } from '../../store/ids/recordIds.js';
import type { SObjectType } from '../../store/model/objectModel.js';

/** Key prefixes of what is made from the object model and not stored. */
const prefixes = { layout: '00h', listView: '00B' } as const;

export type MadeKind = keyof typeof prefixes;

/** Record type of all records of an object that has no record types. */
export const masterRecordType = '012000000000000AAA';

/** The id follows from the object's key prefix, so that it is the same after a restart and with other source folders. */
export function madeIdOf(kind: MadeKind, { definition: { keyPrefix } }: SObjectType): string {
  const number = Buffer.from(keyPrefix).readUIntBE(0, keyPrefix.length);
  return toRecordId(prefixes[kind], number);
}

/** Whether the id, of 15 or 18 characters, is that of the object's layout or list view. */
export function isMadeId(kind: MadeKind, type: SObjectType, id: string): boolean {
  return to18(id) === madeIdOf(kind, type);
}
