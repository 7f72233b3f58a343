import type { OrgResponse } from '../http/orgEndpoint.js';
import type { OrgCall } from '../http/orgCall.js';
import type { Loss, RequestOutcome } from '../http/requestOutcome.js';
import { cutOff, failureResponse, pageResponse, quotaResponse, sessionIsOver } from './faultAnswers.js';
import { firstRecords } from './firstRecords.js';
import type { Fault } from './faultPlan.js';

/** A request that a fault struck, with the ways to handle it. */
export interface AppliedFault {
  readonly call: OrgCall;
  /** Waits for the planned time without doing the work. */
  pass(): Promise<void>;
  /** Does the work in the planned time. */
  work(call?: OrgCall): Promise<RequestOutcome>;
  /** Does the work after the planned time and `milliseconds` more, without waiting for it. */
  workLater(milliseconds: number | readonly [number, number]): void;
}

/** Applies a fault to a request. */
export async function applyFault(fault: Fault, request: AppliedFault): Promise<RequestOutcome> {
  switch (fault.fault) {
    case 'error':
      return answerOf(failureResponse(fault), await workIf(fault.committed, request));
    case 'html':
      return { ...answerOf(pageResponse(fault), await workIf(fault.committed, request)), isForeign: true };
    case 'reset':
      return lost('reset', await workIf(fault.committed, request));
    case 'silence':
      return lost(fault.connection, await request.work());
    case 'partial':
      return workInPart(fault, request);
    case 'lateCommit':
      request.workLater(fault.milliseconds);
      return lost(fault.connection);
    case 'drop':
      return { ...(await request.work()), loss: { kind: 'drop', share: fault.share } };
    case 'truncated': {
      const outcome = await request.work();
      return answerOf(cutOff(outcome.response, fault.share), outcome);
    }
    case 'unauthorized':
      return answerOf(sessionIsOver);
    case 'quota':
      return answerOf(quotaResponse(fault));
  }
}

/** If the org itself refuses the first records, its refusal is the answer. */
async function workInPart(fault: Extract<Fault, { fault: 'partial' }>, request: AppliedFault): Promise<RequestOutcome> {
  const { call } = request;
  const outcome = await request.work(call.withBody(firstRecords(call.body, fault.first)));
  return outcome.response.status >= 400 ? outcome : answerOf(failureResponse(fault), outcome);
}

async function workIf(isWanted: boolean, request: AppliedFault): Promise<RequestOutcome | undefined> {
  if (isWanted) return request.work();
  await request.pass();
  return undefined;
}

function answerOf(response: OrgResponse, outcome?: RequestOutcome): RequestOutcome {
  return { endpoint: outcome?.endpoint, response };
}

/** No answer arrives. Logs show status 0. */
function lost(kind: Exclude<Loss['kind'], 'drop'>, outcome?: RequestOutcome): RequestOutcome {
  return { endpoint: outcome?.endpoint, response: { status: 0 }, loss: { kind } };
}
