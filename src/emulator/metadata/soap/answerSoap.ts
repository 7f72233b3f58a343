import type { DailyCalls } from '../../http/dailyCalls.js';
import { overLimit } from '../../http/requestSteps.js';
import type { OrgRequest, OrgResponse } from '../../http/orgEndpoint.js';
import { OrgRefusal } from '../../orgRefusal.js';
import type { MetadataApi } from '../metadataApi.js';
import { soapCalls } from './soapCalls.js';
import { readSoapRequest, readSoapToken } from './soapRequest.js';
import { soapAnswer, soapFault } from './soapXml.js';

/** Answers a request for the SOAP endpoint of the Metadata API. Its errors are faults. */
export async function answerSoap(request: OrgRequest, api: MetadataApi): Promise<OrgResponse> {
  try {
    const text = request.body.text();
    const { userId } = api.org.sessions.admit(readSoapToken(text));
    const { call, input, zipFile } = readSoapRequest(text);
    count(call, api.org.usage);
    const handler = soapCalls.get(call);
    if (!handler) throw new OrgRefusal(501, 'NOT_IMPLEMENTED', `This local org does not implement the call ${call}`);
    const version = Number.parseFloat(request.params['version'] ?? '');
    const result = await handler({ api, input, zipFile, userId, version });
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
