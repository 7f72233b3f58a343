import type { ApiErrorItem } from '../contract/apiError.js';

/**
 * A refusal in the platform's own words. All rooms of the emulator throw it. The HTTP room renders it as
 * `[{ message, errorCode, fields? }]`, and a collection renders it for one row as `{ statusCode, message, fields }`.
 *
 * `fields` is absent in an error about a whole request. In an error about a row it is an array, which may be empty.
 */
export class OrgRefusal extends Error {
  override readonly name = 'OrgRefusal';

  constructor(
    readonly status: number,
    readonly errorCode: string,
    message: string,
    readonly fields?: readonly string[],
  ) {
    super(message);
  }

  toBody(): ApiErrorItem[] {
    const item = { message: this.message, errorCode: this.errorCode };
    return [this.fields ? { ...item, fields: [...this.fields] } : item];
  }
}

/** Refusal of a row: HTTP 400. */
export function refused(errorCode: string, message: string, fields: readonly string[] = []): OrgRefusal {
  return new OrgRefusal(400, errorCode, message, fields);
}

/** Error for an unknown path, object or record, or for a resource that the API version does not have. */
export function notFound(message = 'The requested resource does not exist'): OrgRefusal {
  return new OrgRefusal(404, 'NOT_FOUND', message);
}

/**
 * Error for a part of the platform or of Loyalty Management that this org does not have. It is not a 404, because
 * clients would read that as "no such member" or "no such record". None of the known clients repeats a request after a
 * 501.
 */
export function notImplemented(what: string): OrgRefusal {
  return new OrgRefusal(
    501,
    'NOT_IMPLEMENTED',
    `This local org does not implement ${what}. See docs/emulator.md, What it does not support`,
  );
}

/** A value that the platform cannot convert to the field's type. With `field`, the HTTP room finds its position. */
export class UnreadableValue extends OrgRefusal {
  constructor(
    type: string,
    token: string,
    readonly field: string,
  ) {
    const message = `Cannot deserialize instance of ${type} from ${token} or request may be missing a required field`;
    super(400, 'JSON_PARSER_ERROR', message);
  }
}
