import { Interruption } from '../interruptedRequest.js';
import { OrgRefusal, UnreadableValue } from '../orgRefusal.js';
import { DataDirDiskError } from '../store/dataDir.js';
import type { OrgResponse } from './orgEndpoint.js';
import type { RequestBody } from './requestBody.js';

/**
 * The body of a refusal, or of a failure that nobody foresaw.
 *
 * @throws {Interruption} when the error is one, because it must not become an answer
 */
export function responseTo(error: unknown, body?: RequestBody): OrgResponse {
  if (error instanceof Interruption) throw error;
  if (error instanceof UnreadableValue && body) return responseTo(body.locate(error));
  if (error instanceof OrgRefusal) return { status: error.status, body: error.toBody() };
  return unexpected(error);
}

/** A defect of ours or of the disk, in the platform's form. What it was goes to the process's warnings and not to the caller. */
function unexpected(error: unknown): OrgResponse {
  if (error instanceof DataDirDiskError) process.emitWarning(`${error.message} ${error.actions.join(' ')}`, error.name);
  else process.emitWarning(error instanceof Error ? (error.stack ?? error.message) : String(error), 'EmulatorDefect');
  const id = '1000000000-10000 (-1000000000)';
  const message = `An unexpected error occurred. Please include this ErrorId if you contact support: ${id}`;
  return { status: 500, body: new OrgRefusal(500, 'UNKNOWN_EXCEPTION', message).toBody() };
}
