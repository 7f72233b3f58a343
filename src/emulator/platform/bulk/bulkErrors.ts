import { shortId } from '../../../base/sameId.js';
import { OrgRefusal } from '../../orgRefusal.js';

/**
 * Refusal of a request for a job. The code is in capitals, and a code that is specific to jobs also begins the message:
 * `[{"errorCode":"INVALIDJOB","message":"InvalidJob : Unable to find object: Foo"}]`.
 */
export function invalidJob(message: string): OrgRefusal {
  return new OrgRefusal(400, 'INVALIDJOB', `InvalidJob : ${message}`);
}

/** Here the message does not begin with the code, as in the guide: "Aborting already Completed Job not allowed". */
export function invalidJobState(message: string): OrgRefusal {
  return new OrgRefusal(400, 'INVALIDJOBSTATE', message);
}

/** Refusal of invalid property values, and of SOQL that bulk queries do not support. */
export function apiError(message: string): OrgRefusal {
  return new OrgRefusal(400, 'API_ERROR', message);
}

export function clientInputError(message: string): OrgRefusal {
  return new OrgRefusal(400, 'CLIENTINPUTERROR', `ClientInputError : ${message}`);
}

/** Refusal when the org's 24-hour allocation is used up. */
export function exceededQuota(message: string): OrgRefusal {
  return new OrgRefusal(400, 'EXCEEDEDQUOTA', `ExceededQuota : ${message}`);
}

/** Code and text are as an org was seen to answer. The id has 15 characters. */
export function secondUpload(jobId: string): OrgRefusal {
  const advice =
    "please 'Close' / 'Abort' / 'Delete' the current Job then create a new Job " +
    "and make sure you only do 'PUT' once on a given Job.";
  return new OrgRefusal(400, 'BULK_API_ERROR', `Found multiple contents for job: <${shortId(jobId)}>, ${advice}`);
}

/** Error message of a job that failed because of a defect of the emulator. */
export const defect = 'An unexpected error occurred';

/** Makes a whole job fail. The text becomes its `errorMessage`: `InvalidBatch : Field name not found : Foo__c`. */
export class JobFailure extends Error {
  override readonly name = 'JobFailure';

  /** @param code ClientInputError, ExceededQuota, InvalidBatch, UnknownException, or the code of a fault */
  constructor(code: string, text: string) {
    super(`${code} : ${text}`);
  }
}
