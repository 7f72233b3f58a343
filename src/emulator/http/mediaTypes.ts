import { OrgRefusal, notImplemented } from '../orgRefusal.js';
import type { Endpoint } from './orgEndpoint.js';
import type { OrgCall } from './orgCall.js';

const json: readonly string[] = ['application/json'];

/** `Application/JSON; charset=UTF-8` → `application/json` */
export function mediaTypeOf(contentType: string | undefined): string {
  return (contentType ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

/**
 * Refuses a body with a media type that the endpoint does not accept. A body without a media type is accepted. Without
 * a body the header is ignored, because one vendor's SDK declares every GET to be a form.
 *
 * @throws {OrgRefusal} 415 UNSUPPORTED_MEDIA_TYPE, or 501 when an org accepts the media type but this one does not
 */
export function requireMediaType({ isApiCall, body, headers }: OrgCall, { takes = json }: Endpoint): void {
  const contentType = headers['content-type']?.toString();
  if (!isApiCall || body.bytes.length === 0 || contentType === undefined) return;
  const mediaType = mediaTypeOf(contentType);
  if (takes.includes(mediaType)) return;
  if (mediaType === 'multipart/form-data')
    throw notImplemented('files in this resource: create or update records with a multipart body');
  const xml = /[/+]xml$/.test(mediaType) ? '; this local org does not implement XML' : '';
  throw unsupportedMediaType(contentType, `: send ${takes.join(' or ')}${xml}`);
}

/** The text is as an org was seen to answer. The advice is added by this emulator. */
export function unsupportedMediaType(contentType: string, advice = ''): OrgRefusal {
  const message = `MediaType of '${contentType}' is not supported by this resource${advice}`;
  return new OrgRefusal(415, 'UNSUPPORTED_MEDIA_TYPE', message);
}
