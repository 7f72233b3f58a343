import type { OrgRequest } from '../../http/endpoint.js';

/** The fields of an OAuth request. As in an org, a body that does not say that it is a form has none. */
export function formOf({ body, headers }: OrgRequest): URLSearchParams {
  const isForm = /^application\/x-www-form-urlencoded\b/i.test(headers['content-type']?.toString() ?? '');
  return isForm ? body.form() : new URLSearchParams();
}
