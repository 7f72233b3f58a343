import { isJsonObject } from '../../../base/jsonObject.js';
import type { OrgRequest } from '../../http/orgEndpoint.js';
import { RequestBody } from '../../http/requestBody.js';
import { partsOf } from './recordBody.js';

/**
 * Reads the body of a collection. In a multipart body, a record names the part with its file (`binaryPartName`) and the
 * field that it belongs to (`binaryPartNameAlias`) in its attributes.
 *
 * @throws {OrgRefusal} 400 when there are no records
 */
export function collectionGiven(request: OrgRequest): Record<string, unknown> {
  const parts = partsOf(request);
  if (!parts) return request.body.object();
  const given = new RequestBody(parts.record.content).object();
  const contents = new Map(parts.files.map(({ name, content }) => [name, content]));
  const { records } = given;
  return { ...given, ...(Array.isArray(records) && { records: records.map((record) => withFile(record, contents)) }) };
}

function withFile(record: unknown, contents: ReadonlyMap<string, Buffer>): unknown {
  if (!isJsonObject(record) || !isJsonObject(record['attributes'])) return record;
  const { binaryPartName, binaryPartNameAlias } = record['attributes'];
  const content = typeof binaryPartName === 'string' ? contents.get(binaryPartName) : undefined;
  if (!content || typeof binaryPartNameAlias !== 'string') return record;
  return { ...record, [binaryPartNameAlias]: content.toString('base64') };
}
