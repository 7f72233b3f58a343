import { mediaTypeOf } from '../../http/mediaTypes.js';
import type { OrgRequest } from '../../http/orgEndpoint.js';
import { RequestBody } from '../../http/requestBody.js';
import { readBodyParts } from '../../metadata/rest/multipartBytes.js';
import type { BodyPart } from '../../metadata/rest/multipartBytes.js';
import { OrgRefusal } from '../../orgRefusal.js';
import type { SObjectType } from '../../store/model/objectModel.js';
import { noSuchColumn } from '../../store/values/validateRow.js';

/** Media types of a record, with and without a file. */
export const recordMediaTypes = ['application/json', 'multipart/form-data'];

/**
 * Reads the fields of a record. In a multipart body, the first part of JSON has them, and each binary part has the field
 * that its name says.
 *
 * @throws {OrgRefusal} 400 when there are no fields, or a binary part has the name of no binary field
 */
export function fieldsGiven(request: OrgRequest, type: SObjectType): Record<string, unknown> {
  const parts = partsOf(request);
  if (!parts) return request.body.object();
  const { record, files } = parts;
  return {
    ...new RequestBody(record.content).object(),
    ...Object.fromEntries(files.map(({ name, content }) => [binaryField(type, name), content.toString('base64')])),
  };
}

/**
 * Returns the parts of a multipart body: the fields, and the files.
 *
 * @returns undefined for a body of JSON
 * @throws {OrgRefusal} 400 when no part has the fields
 */
export function partsOf({ body, headers }: OrgRequest): { record: BodyPart; files: BodyPart[] } | undefined {
  const contentType = headers['content-type']?.toString() ?? '';
  if (body.bytes.length === 0 || mediaTypeOf(contentType) !== 'multipart/form-data') return undefined;
  const parts = readBodyParts(body.bytes, contentType);
  const record = parts.find(({ mediaType }) => mediaType === 'application/json');
  if (!record) throw new OrgRefusal(400, 'INVALID_MULTIPART_REQUEST', 'A part with the fields, as JSON, is missing');
  return { record, files: parts.filter((part) => part !== record) };
}

function binaryField(type: SObjectType, name: string): string {
  const field = type.field(name);
  if (field?.definition.type !== 'base64') throw noSuchColumn(name, type);
  return field.name;
}
