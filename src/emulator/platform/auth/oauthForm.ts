import type { OrgRequest } from '../../http/orgEndpoint.js';

/** Reads the fields of an OAuth request. As in an org, a body without the content type of a form has no fields. */
export function formOf({ body, headers }: OrgRequest): URLSearchParams {
  const isForm = /^application\/x-www-form-urlencoded\b/i.test(headers['content-type']?.toString() ?? '');
  return isForm ? body.form() : new URLSearchParams();
}
