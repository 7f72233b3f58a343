import { notFound } from '../../orgRefusal.js';
import type { OrgRequest, OrgResponse } from '../../http/orgEndpoint.js';
import { isId } from '../../store/ids/recordIds.js';
import type { SObjectType } from '../../store/model/objectModel.js';
import type { Store } from '../../store/store.js';

/**
 * Answers the bytes of a file: `/sobjects/Attachment/<id>/Body`.
 *
 * @returns undefined where the address means something else
 * @throws {OrgRefusal} 404 NOT_FOUND when the record or its file is missing
 */
export function blobOf(store: Store, type: SObjectType, { params }: OrgRequest): OrgResponse | undefined {
  const { key = '', value = '' } = params;
  const field = type.field(value);
  if (field?.definition.type !== 'base64' || !isId(key)) return undefined;
  const row = store.get(type.name, key);
  const content = row?.[field.name];
  if (typeof content !== 'string') throw notFound();
  const contentType = row?.['ContentType'];
  const header = typeof contentType === 'string' && /^[\x20-\x7e]+$/.test(contentType) ? contentType : undefined;
  return {
    status: 200,
    body: Buffer.from(content, 'base64'),
    headers: { 'content-type': header ?? 'application/octet-stream' },
  };
}
