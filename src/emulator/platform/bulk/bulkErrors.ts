import { ApiError } from '../../apiError.js';

/**
 * What a request for a job is refused with: the code in capitals, and (where the code is the job's own) the same word at
 * the head of the message: `[{"errorCode":"INVALIDJOB","message":"InvalidJob : Unable to find object: Foo"}]`.
 */
export function invalidJob(message: string): ApiError {
  return new ApiError(400, 'INVALIDJOB', `InvalidJob : ${message}`);
}

/** Without the word: "Aborting already Completed Job not allowed" stands alone in the guide. */
export function invalidJobState(message: string): ApiError {
  return new ApiError(400, 'INVALIDJOBSTATE', message);
}

/** Values that are none, and whatever bulk queries refuse in SOQL. */
export function apiError(message: string): ApiError {
  return new ApiError(400, 'API_ERROR', message);
}

export function clientInputError(message: string): ApiError {
  return new ApiError(400, 'CLIENTINPUTERROR', `ClientInputError : ${message}`);
}

/** The org's allocation for 24 hours is used up. */
export function exceededQuota(message: string): ApiError {
  return new ApiError(400, 'EXCEEDEDQUOTA', `ExceededQuota : ${message}`);
}

/** As an org was seen to answer, code and all; the id is of 15 characters. */
export function secondUpload(jobId: string): ApiError {
  const advice =
    "please 'Close' / 'Abort' / 'Delete' the current Job then create a new Job " +
    "and make sure you only do 'PUT' once on a given Job.";
  return new ApiError(400, 'BULK_API_ERROR', `Found multiple contents for job: <${jobId.slice(0, 15)}>, ${advice}`);
}

/** What a defect of ours makes of a job. */
export const defect = 'An unexpected error occurred';

/** Fails a whole job; the text is the job's `errorMessage`: `InvalidBatch : Field name not found : Foo__c`. */
export class JobFailure extends Error {
  public override readonly name = 'JobFailure';

  /** @param code ClientInputError, ExceededQuota, InvalidBatch, UnknownException, or what a fault says */
  public constructor(code: string, text: string) {
    super(`${code} : ${text}`);
  }
}
