import type { OrgRequest, OrgResponse } from '../../http/orgEndpoint.js';
import { isJsonObject } from '../../../base/jsonObject.js';
import { OrgRefusal } from '../../orgRefusal.js';
import type { MetadataApi } from '../metadataApi.js';
import { areTestsWanted } from '../deploy/deployJobs.js';
import type { DeployJob, DeployRequest } from '../deploy/deployJobs.js';
import { deployResult } from '../deploy/deployResult.js';
import { readBodyParts } from './multipartBytes.js';

/** Starts a deploy by REST, of a zip file or of what was validated before. */
export async function startDeploy(request: OrgRequest, api: MetadataApi): Promise<OrgResponse> {
  const { userId } = request.session;
  const contentType = request.headers['content-type']?.toString() ?? '';
  if (!contentType.toLowerCase().startsWith('multipart/')) return startValidated(request, api);
  const parts = readBodyParts(request.body.bytes, contentType);
  const zip = parts.find(({ mediaType, name }) => name === 'file' || mediaType === 'application/zip');
  const json = parts.find(({ mediaType }) => mediaType === 'application/json');
  if (!zip) throw new OrgRefusal(400, 'MISSING_ARGUMENT', 'The request has no part with the zip file, named "file"');
  const given = readOptions(json?.content.toString('utf8') ?? '{}');
  const job = await api.deploys.start(zip.content, given, userId);
  return { status: 201, body: created(job, given) };
}

async function startValidated({ body, session }: OrgRequest, api: MetadataApi): Promise<OrgResponse> {
  const id = body.object()['validatedDeployRequestId'];
  if (typeof id !== 'string') throw new OrgRefusal(400, 'MISSING_ARGUMENT', 'validatedDeployRequestId is missing');
  const job = await api.deploys.startValidated(id, session.userId);
  return { status: 201, body: { ...created(job, job.request), validatedDeployRequestId: id } };
}

function created({ id }: DeployJob, { checkOnly, ignoreWarnings, rollbackOnError }: DeployRequest) {
  const deployResult = { id, status: 'Pending', done: false, success: false, checkOnly };
  return { id, deployResult, deployOptions: { checkOnly, ignoreWarnings, rollbackOnError } };
}

export function cancelDeploy({ params }: OrgRequest, { deploys }: MetadataApi): never {
  return deploys.cancel(params['id'] ?? '');
}

export function showDeploy({ params, query, headers, path }: OrgRequest, api: MetadataApi): OrgResponse {
  const job = api.deploys.job(params['id'] ?? '');
  const result = deployResult(job, api.org.store, query.get('includeDetails') === 'true');
  const url = `http://${headers['host']?.toString() ?? ''}${path}`;
  return { status: 200, body: { id: job.id, url, deployResult: result } };
}

/** @throws {OrgRefusal} 400 when the text is not the JSON of options */
function readOptions(text: string): DeployRequest {
  const given = parsed(text);
  const outer = isJsonObject(given) ? given['deployOptions'] : undefined;
  const options: Record<string, unknown> = isJsonObject(outer) ? outer : {};
  const tests = options['runTests'];
  const level = options['testLevel'];
  return {
    checkOnly: options['checkOnly'] === true,
    ignoreWarnings: options['ignoreWarnings'] === true,
    rollbackOnError: options['rollbackOnError'] === true,
    runsTests: areTestsWanted(typeof level === 'string' ? level : undefined, Array.isArray(tests) ? tests : []),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new OrgRefusal(400, 'JSON_PARSER_ERROR', 'The part with the options of the deploy is not valid JSON');
  }
}
