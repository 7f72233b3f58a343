import { ActionsResource } from '../../../src/client/actions.js';
import { createCall } from '../../../src/client/call.js';
import { LoyaltyClient } from '../../../src/client/index.js';
import { parseLimitInfo } from '../../../src/client/transport/limitInfo.js';
import type { ApiUsage } from '../../../src/client/transport/limitInfo.js';
import { LoyaltyApiError } from '../../../src/client/failures/callErrors.js';
import { parseAnswer } from '../../../src/client/parseAnswer.js';
import { JournalsResource } from '../../../src/client/journals.js';
import { parseJson } from '../../../src/client/json.js';
import { MembersResource } from '../../../src/client/members.js';
import { PointsResource } from '../../../src/client/points.js';
import { ProcessesResource } from '../../../src/client/processes.js';
import { ProgramsResource } from '../../../src/client/programs.js';
import { ProgressResource } from '../../../src/client/progress/progress.js';
import { QueryResource } from '../../../src/client/query/queryResource.js';
import type { Send } from '../../../src/client/transport/send.js';
import { SObjectsResource } from '../../../src/client/sobjects.js';
import type { FakeOrg } from './fakeOrg.js';
import { Life } from './life.js';

/** Returns a real client, with its real errors and verdicts, whose calls reach the fake org without a socket. */
export function clientOf(org: FakeOrg, life = new Life()): LoyaltyClient {
  let apiUsage: ApiUsage | undefined;
  let hasAnswered = false;
  const send: Send = async (call, shape) => {
    await life.moment('before a call');
    const answering = org.take(call);
    // If the process dies now, nobody awaits this.
    answering.catch(() => undefined);
    await life.moment('after a call left');
    const answer = await life.receive(answering);
    apiUsage = parseLimitInfo(answer.headers['sforce-limit-info']) ?? apiUsage;
    if (answer.statusCode >= 300) throw new LoyaltyApiError(answer);
    const content = answer.statusCode === 204 ? undefined : (parseJson(answer.body) ?? answer.body);
    const parsed = parseAnswer(content, shape, `HTTP ${answer.statusCode} came`);
    hasAnswered = true;
    return parsed;
  };
  const now = () => 0;
  const call = createCall(send);
  const actions = new ActionsResource(call);
  const query = new QueryResource(send, '66.0');
  const sobjects = new SObjectsResource(send, '66.0');
  const programs = new ProgramsResource(query);
  const processes = new ProcessesResource(call, { query, programs });
  const members = new MembersResource(call, { query, programs, processes, sobjects, now });
  const client = new LoyaltyClient(neverConnected);
  Object.defineProperty(client, 'hasAnswered', { get: () => hasAnswered });
  Object.defineProperty(client, 'apiUsage', { get: () => apiUsage });
  Object.defineProperty(client, 'orgTime', { get: () => org.time });
  return Object.assign(client, {
    actions,
    query,
    sobjects,
    processes,
    programs,
    members,
    points: new PointsResource(processes),
    progress: new ProgressResource({ actions, query, sobjects, programs, members, now }),
    journals: new JournalsResource(call, { actions, query, sobjects, programs, members }),
  });
}

const neverConnected = {
  instanceUrl: 'http://org.invalid',
  version: '66.0',
  request: () => Promise.reject(new Error('Every call goes through the fake org.')),
};
