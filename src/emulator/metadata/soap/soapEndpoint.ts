import type { DailyCalls } from '../../http/dailyCalls.js';
import { overLimit } from '../../http/requestSteps.js';
import type { Endpoint, OrgRequest, OrgResponse } from '../../http/orgEndpoint.js';
import type { Org } from '../../org.js';
import { OrgRefusal } from '../../orgRefusal.js';
import type { MetadataApi } from '../metadataApi.js';
import { soapCalls } from './soapCalls.js';
import { readSoapRequest, readSoapToken } from './soapRequest.js';
import { soapAnswer, soapFault } from './soapXml.js';

const paths = ['/services/Soap/m/:version', '/services/Soap/m/:version/:organization'];

/** The SOAP endpoint of the Metadata API. Its errors are faults. */
export function soapEndpoint(org: Org, open: () => MetadataApi): Endpoint[] {
  return paths.map((path) => ({
    method: 'POST',
    path,
    takes: ['text/xml'],
    handle: (request) => answer(request, org, open),
  }));
}

async function answer(request: OrgRequest, org: Org, open: () => MetadataApi): Promise<OrgResponse> {
  try {
    const text = request.body.text();
    const { userId } = org.sessions.admit(readSoapToken(text));
    const { call, input, zipFile } = readSoapRequest(text);
    count(call, org.usage);
    const handler = soapCalls.get(call);
    if (!handler) throw new OrgRefusal(501, 'NOT_IMPLEMENTED', `This local org does not implement the call ${call}`);
    const version = Number.parseFloat(request.params['version'] ?? '');
    const result = await handler({ api: open(), input, zipFile, userId, version });
    return xmlAnswer(200, soapAnswer(call, result));
  } catch (error) {
    if (!(error instanceof OrgRefusal)) throw error;
    return xmlAnswer(500, soapFault(error.errorCode, error.message));
  }
}

/**
 * Counts an API call. Asking for the state of a deploy counts nothing (Metadata API Developer Guide,
 * "checkDeployStatus").
 *
 * @throws {OrgRefusal} when the calls of the day are used up
 */
function count(call: string, usage: DailyCalls): void {
  if (call === 'checkDeployStatus') return;
  if (usage.isExhausted) throw overLimit;
  usage.record();
}

function xmlAnswer(status: number, body: string): OrgResponse {
  return { status, body, headers: { 'content-type': 'text/xml;charset=UTF-8' } };
}
