import { OrgRefusal } from '../../../orgRefusal.js';
import type { OrgRequest } from '../../../http/orgEndpoint.js';
import { RequestBody } from '../../../http/requestBody.js';
import { isKey } from '../../../store/model/objectModel.js';
import type { ModelField, SObjectType } from '../../../store/model/objectModel.js';
import type { Store } from '../../../store/store.js';
import { absentObject, isStandardObject } from '../../../unimplemented/standardObjects.js';
import { clientInputError, invalidJob } from '../bulkErrors.js';
import { csvFormatOf } from '../csv/csvFormat.js';
import type { IngestRequest } from './ingestJob.js';
import { textOfProperty, valueOf } from '../jobRequest.js';
import { readFormParts } from './multipartJob.js';
import type { Operation } from './rowWriter.js';

const operations: readonly Operation[] = ['insert', 'update', 'upsert', 'delete', 'hardDelete'];
/** Maximum number of characters in the content of a job that is created in one request (guide). */
const longestContent = 100_000;
/** Maximum number of bytes of a whole multipart body. A character has up to four bytes in UTF-8. */
const longestParts = 4 * longestContent + 100_000;

type Body = Readonly<Record<string, unknown>>;

/** @throws {OrgRefusal} 400 INVALIDJOB when the object or the key field is unknown, API_ERROR when a value is unknown */
export function readIngestRequest(body: Body, { version, session }: OrgRequest, store: Store): IngestRequest {
  const operation = valueOf(body, 'operation', operations) as Operation;
  const type = objectNamed(textOfProperty(body, 'object'), version, store);
  const assignmentRuleId = textOfProperty(body, 'assignmentRuleId');
  return {
    type,
    operation,
    externalId: operation === 'upsert' ? externalIdOf(type, textOfProperty(body, 'externalIdFieldName')) : undefined,
    assignmentRuleId: assignmentRuleId === '' ? undefined : assignmentRuleId,
    format: csvFormatOf(body),
    apiVersion: version,
    userId: session.userId,
  };
}

function objectNamed(name: string, version: number, store: Store): SObjectType {
  const type = store.model.type(name);
  if (!type && isStandardObject(name)) throw absentObject(name);
  if (!type || type.definition.since > version) throw invalidJob(`Unable to find object: ${name}`);
  return type;
}

function externalIdOf(type: SObjectType, name: string): ModelField {
  if (name === '') {
    throw invalidJob(`External ID was blank for ${type.name}. An External ID must be specified for upsert.`);
  }
  const field = type.field(name);
  if (field && isKey(field)) return field;
  const wrong = 'does not match an External ID, Salesforce Id, or indexed field';
  throw invalidJob(`Field name provided, ${name} ${wrong} for ${type.name}`);
}

/**
 * Reads the parts of a multipart request: the job and its content.
 *
 * @throws {OrgRefusal} 400 CLIENTINPUTERROR when a part is missing, invalid or too long
 */
export function readParts({ body, headers }: OrgRequest): { job: Body; content: Buffer } {
  if (body.bytes.length > longestParts) throw tooMuchContent();
  const parts = readFormParts(body.bytes, headers['content-type']?.toString() ?? '');
  const job = parts.get('job');
  const content = parts.get('content');
  if (job === undefined || content === undefined) throw clientInputError('The parts job and content are needed');
  if (content.length > longestContent) throw tooMuchContent();
  // A blank line before the boundary is not part of the content, whichever line ending it has.
  return { job: parsed(job), content: Buffer.from(content.replace(/[\r\n]+$/, '')) };
}

function tooMuchContent(): OrgRefusal {
  return clientInputError(
    `The content has more than ${longestContent} characters: create the job without content and upload it separately`,
  );
}

function parsed(text: string): Body {
  try {
    return new RequestBody(Buffer.from(text)).object();
  } catch (error) {
    if (error instanceof OrgRefusal) throw clientInputError(`The part job is not a JSON object: ${error.message}`);
    throw error;
  }
}
