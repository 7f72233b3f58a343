import type { OrgRequest } from '../../http/endpoint.js';
import { type Field, isKey, type SObjectType } from '../../store/model/objectModel.js';
import type { Store } from '../../store/store.js';
import { clientInputError, invalidJob } from './bulkErrors.js';
import { csvFormatOf } from './csvFormat.js';
import type { IngestRequest } from './ingestJob.js';
import { textOfProperty, valueOf } from './jobRequest.js';
import { readFormParts } from './multipart.js';
import type { Operation } from './rowWriter.js';

const operations: readonly Operation[] = ['insert', 'update', 'upsert', 'delete', 'hardDelete'];
/** Guide: characters of the content of a job that is made in one request. */
const longestContent = 100_000;

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
  const parts = readFormParts(body.bytes, headers['content-type']?.toString() ?? '');
  const job = parts.get('job');
  const content = parts.get('content');
  if (job === undefined || content === undefined) throw clientInputError('The parts job and content are needed');
  if (content.length > longestContent) {
    throw clientInputError(`The content has more than ${longestContent} characters: upload it by itself`);
  }
  // A blank line before the boundary belongs to the envelope, whatever ends its lines.
  return { job: parsed(job), content: Buffer.from(content.replace(/[\r\n]+$/, '')) };
}

function parsed(text: string): Body {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value as Body;
  } catch {
    // The same refusal.
  }
  throw clientInputError('The part job is no JSON object');
}
