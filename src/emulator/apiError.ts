import type { ApiErrorItem } from '../contract/apiError.js';

/**
 * A refusal in the platform's own words. Every room of the emulator throws this; the HTTP room renders it as
 * `[{ message, errorCode, fields? }]`, a collection as `{ statusCode, message, fields }` of one row.
 *
 * `fields` is absent on errors of a whole request and an array (possibly empty) on errors of a row.
 */
export class ApiError extends Error {
  public override readonly name = 'ApiError';

  public constructor(
    public readonly status: number,
    public readonly errorCode: string,
    message: string,
    public readonly fields?: readonly string[],
  ) {
    super(message);
  }

  public toBody(): ApiErrorItem[] {
    const item = { message: this.message, errorCode: this.errorCode };
    return [this.fields ? { ...item, fields: [...this.fields] } : item];
  }
}

/** A row was refused: HTTP 400. */
export function refused(errorCode: string, message: string, fields: readonly string[] = []): ApiError {
  return new ApiError(400, errorCode, message, fields);
}

/** Unknown path, object, record, or a version older than the resource. */
export function notFound(message = 'The requested resource does not exist'): ApiError {
  return new ApiError(404, 'NOT_FOUND', message);
}

/**
 * A part of the platform or of Loyalty Management that this org does not have. A status of its own, because a client
 * takes a 404 for an answer: no such member, no such record. None of the known clients repeats a request after a 501.
 */
export function notImplemented(what: string): ApiError {
  return new ApiError(
    501,
    'NOT_IMPLEMENTED',
    `This local org does not implement ${what}. See docs/emulator.md, What is not`,
  );
}

/** A value that the platform cannot read into the field's type. `field` lets the HTTP room say where it stood. */
export class UnreadableValue extends ApiError {
  public constructor(
    type: string,
    token: string,
    public readonly field: string,
  ) {
    const message = `Cannot deserialize instance of ${type} from ${token} or request may be missing a required field`;
    super(400, 'JSON_PARSER_ERROR', message);
  }
}
