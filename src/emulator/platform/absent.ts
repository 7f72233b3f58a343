import { type ApiError, notFound, notImplemented } from '../apiError.js';

/** Parts of the platform that clients are known to ask for and that this org does not have. */
const absent: readonly (readonly [RegExp, string])[] = [
  [/^\/services\/data\/v\d+\.0\/tooling\//, 'the Tooling API'],
  [/^\/services\/data\/v\d+\.0\/(?:search|parameterizedSearch)(?:\/|$)/, 'SOSL'],
  [/^\/services\/data\/v\d+\.0\/graphql(?:\/|$)/, 'GraphQL'],
  [/^\/services\/data\/v\d+\.0\/ui-api(?:\/|$)/, 'the User Interface API'],
  [/^\/services\/data\/v\d+\.0\/metadata(?:\/|$)/, 'the Metadata API'],
  [/^\/services\/data\/v\d+\.0\/(?:event|chatter|analytics|wave)(?:\/|$)/, 'events, Chatter or Analytics'],
  [/^\/services\/async\//, 'Bulk API 1.0'],
  [/^\/services\/Soap\/m\//, 'the Metadata API'],
  [/^\/services\/Soap\/s\//, 'Apex'],
  [/^\/services\/Soap\//, 'SOAP: log in with OAuth'],
  [/^\/services\/apexrest\//, 'Apex REST'],
  [/^\/cometd(?:\/|$)/, 'the Streaming API'],
];

/** The answer for a path without an endpoint: the platform's own, with a sentence when it would have had one. */
export function absence(path: string): ApiError {
  const what = absent.find(([form]) => form.test(path))?.[1];
  return what === undefined ? notFound() : notImplemented(what);
}
