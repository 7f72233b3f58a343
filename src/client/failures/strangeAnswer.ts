import { shortText } from '../../base/text/shortText.js';
import { withoutSecrets } from '../../base/text/withoutSecrets.js';
import { parseJson } from '../json.js';
import type { HttpAnswer } from './httpAnswer.js';

/** The title is at the beginning of a page. */
const headLength = 20_000;
const shownLength = 80;

/**
 * Returns one sentence about an answer that does not come from an org: what it looks like, and what may have sent it.
 */
export function strangeAnswer(answer: HttpAnswer): string {
  const { statusCode, host } = answer;
  const from = host === undefined ? '' : ` from ${host}`;
  return (
    `HTTP ${statusCode}${from} ${contentOf(answer)} is not an answer of the org: a proxy, a VPN, a login page or a ` +
    'maintenance page on the way may have given it.'
  );
}

function contentOf({ statusCode, headers, body }: HttpAnswer): string {
  if (statusCode >= 300 && statusCode < 400)
    return `with a redirect to ${targetOf(headers['location'])}, not followed,`;
  if (body.trim() === '') return 'with an empty body';
  if (isJson(headers) && parseJson(body) === undefined) return 'with JSON that is cut off or broken';
  const type = shortText(headers['content-type'] || 'no content type', shownLength);
  const words = firstWords(body);
  return words === '' ? `with ${type}` : `with ${type}, "${words}",`;
}

function isJson(headers: HttpAnswer['headers']): boolean {
  return /^application\/json\b/i.test(headers['content-type'] ?? '');
}

/** Omits path and query, which may contain what the login page needs later. */
function targetOf(location: string | undefined): string {
  if (!location) return 'nowhere';
  const url = URL.parse(location);
  return url ? shortText(url.host, shownLength) : 'another path';
}

/** Returns the title of a page or, if it has none, its first words. */
function firstWords(body: string): string {
  const head = body.slice(0, headLength);
  const title = /<title\b[^<>]*>([^<]*)/i.exec(head)?.[1]?.trim();
  const text = title || head.replace(/<(?:script|style)\b[^<]*|<[^<>]*>/gi, ' ');
  return shortText(withoutSecrets(text.replace(/[\s"]+/g, ' ').trim()), shownLength);
}
