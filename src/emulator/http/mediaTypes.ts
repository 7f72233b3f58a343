import { ApiError, notImplemented } from '../apiError.js';
import type { Endpoint } from './endpoint.js';
import type { OrgCall } from './orgCall.js';

const json: readonly string[] = ['application/json'];

/** `application/json` of `Application/JSON; charset=UTF-8`. */
export function mediaTypeOf(contentType: string | undefined): string {
  return (contentType ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

/**
 * A body that says that it is something else is not read. One that says nothing is taken for what is expected, and
 * without a body the header means nothing: one vendor's SDK calls every GET a form.
 *
 * @throws {ApiError} 415 UNSUPPORTED_MEDIA_TYPE; 501 for what the platform takes and this org does not
 */
export function requireMediaType({ isApiCall, body, headers }: OrgCall, { takes = json }: Endpoint): void {
  const contentType = headers['content-type']?.toString();
  if (!isApiCall || body.bytes.length === 0 || contentType === undefined) return;
  const mediaType = mediaTypeOf(contentType);
  if (takes.includes(mediaType)) return;
  if (mediaType === 'multipart/form-data')
    throw notImplemented('files: no resource for records takes multipart bodies');
  const xml = /[/+]xml$/.test(mediaType) ? '; this local org does not implement XML' : '';
  throw unsupportedMediaType(contentType, `: send ${takes.join(' or ')}${xml}`);
}

/** Text as an org was seen to answer it, and advice of ours. */
export function unsupportedMediaType(contentType: string, advice = ''): ApiError {
  const message = `MediaType of '${contentType}' is not supported by this resource${advice}`;
  return new ApiError(415, 'UNSUPPORTED_MEDIA_TYPE', message);
}
