import { ApiError } from '../../apiError.js';
import type { OrgRequest } from '../../http/endpoint.js';
import { RequestBody } from '../../http/requestBody.js';
import { type Field, isKey, type SObjectType } from '../../store/model/objectModel.js';
import type { Store } from '../../store/store.js';
import { absentObject, isStandardObject } from '../../unimplemented/standardObjects.js';
import { clientInputError, invalidJob } from './bulkErrors.js';
import { csvFormatOf } from './csvFormat.js';
import type { IngestRequest } from './ingestJob.js';
import { textOfProperty, valueOf } from './jobRequest.js';
import { readFormParts } from './multipart.js';
import type { Operation } from './rowWriter.js';

const operations: readonly Operation[] = ['insert', 'update', 'upsert', 'delete', 'hardDelete'];
/** Guide: characters of the content of a job that is made in one request. */
const longestContent = 100_000;
/** Bytes of the content, the job and what is around them: characters of UTF-8 have up to four. */
const longestParts = 4 * longestContent + 100_000;

type Body = Readonly<Record<string, unknown>>;

/** @throws ApiError 400 INVALIDJOB, API_ERROR */
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

function externalIdOf(type: SObjectType, name: string): Field {
  if (name === '') {
    throw invalidJob(`External ID was blank for ${type.name}. An External ID must be specified for upsert.`);
  }
  const field = type.field(name);
  if (field && isKey(field)) return field;
  const wrong = 'does not match an External ID, Salesforce Id, or indexed field';
  throw invalidJob(`Field name provided, ${name} ${wrong} for ${type.name}`);
}

/** The parts of a multipart request: the job, and its content. @throws ApiError 400 CLIENTINPUTERROR */
export function readParts({ body, headers }: OrgRequest): { job: Body; content: Buffer } {
  if (body.bytes.length > longestParts) throw tooMuchContent();
  const parts = readFormParts(body.bytes, headers['content-type']?.toString() ?? '');
  const job = parts.get('job');
  const content = parts.get('content');
  if (job === undefined || content === undefined) throw clientInputError('The parts job and content are needed');
  if (content.length > longestContent) throw tooMuchContent();
  // A blank line before the boundary belongs to the envelope, whatever ends its lines.
  return { job: parsed(job), content: Buffer.from(content.replace(/[\r\n]+$/, '')) };
}

function tooMuchContent(): ApiError {
  return clientInputError(`The content has more than ${longestContent} characters: upload it by itself`);
}

function parsed(text: string): Body {
  try {
    return new RequestBody(Buffer.from(text)).object();
  } catch (error) {
    if (error instanceof ApiError) throw clientInputError(`The part job is no JSON object: ${error.message}`);
    throw error;
  }
}
