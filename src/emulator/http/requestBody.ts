import { isUtf8 } from 'node:buffer';
import { isJsonObject } from '../../base/jsonObject.js';
import type { UnreadableValue } from '../orgRefusal.js';
import { OrgRefusal } from '../orgRefusal.js';
import { readForm } from './readForm.js';
import { requireModestJson } from './jsonLimits.js';

/** The body of a request. It is parsed in the form that the endpoint asks for. */
export class RequestBody {
  #json: { readonly value: unknown } | undefined;

  constructor(readonly bytes: Buffer = Buffer.alloc(0)) {}

  /** Makes a body without bytes, for a part of a composite request. */
  static ofJson(value: unknown): RequestBody {
    const body = new RequestBody();
    body.#json = { value };
    return body;
  }

  text(): string {
    return this.bytes.toString('utf8');
  }

  /** @throws {OrgRefusal} 400 when the form has too many fields */
  form(): URLSearchParams {
    return readForm(this.text());
  }

  /** @throws {OrgRefusal} 400 JSON_PARSER_ERROR, with the position, when the JSON is invalid, or when it is too large */
  json(): unknown {
    this.#json ??= { value: parse(this.bytes) };
    return this.#json.value;
  }

  /** @throws {OrgRefusal} 400 JSON_PARSER_ERROR when the body is not a JSON object */
  object(): Record<string, unknown> {
    const value = this.json();
    if (isJsonObject(value)) return value;
    throw new OrgRefusal(
      400,
      'JSON_PARSER_ERROR',
      `Unexpected parameter encountered during deserialization: ${nameOf(value)}`,
    );
  }

  /** Like `object`, for a resource that may be called without a body. @throws {OrgRefusal} */
  objectIfAny(): Record<string, unknown> {
    return this.#json === undefined && this.bytes.length === 0 ? {} : this.object();
  }

  /** Adds the position of the value to an error about it, as the platform's parser does. */
  locate(error: UnreadableValue): OrgRefusal {
    const text = this.text();
    const key = new RegExp(`"${error.field.replace(/\W/g, '')}"\\s*:\\s*`, 'i').exec(text);
    const place = key ? placeOf(text, key.index + key[0].length) : '[line:1, column:1]';
    return new OrgRefusal(error.status, error.errorCode, `${error.message} at ${place}`);
  }
}

/** Decodes UTF-8 and removes a byte order mark. Invalid UTF-8 is refused, because it would be stored as other text. */
function decoded(bytes: Buffer): string {
  const text = new TextDecoder().decode(bytes);
  if (isUtf8(bytes)) return text;
  throw new OrgRefusal(400, 'JSON_PARSER_ERROR', `Invalid UTF-8 at ${placeOf(text, text.indexOf('\uFFFD'))}`);
}

function parse(bytes: Buffer): unknown {
  requireModestJson(bytes);
  const text = decoded(bytes);
  try {
    return JSON.parse(text);
  } catch (error) {
    const position = positionIn(text, (error as Error).message);
    throw new OrgRefusal(400, 'JSON_PARSER_ERROR', `${complaint(text.charAt(position))} at ${placeOf(text, position)}`);
  }
}

const excerptForm = /^Unexpected token .*?, (\.\.\.)?"(.*)"(?:\.\.\.)? is not valid JSON$/su;
/** Number of characters that the parser quotes before the wrong one. */
const quotedBefore = 10;

/** Returns where the parser stopped. For an unexpected character, its message has an excerpt instead of a position. */
function positionIn(text: string, message: string): number {
  const position = /position (\d+)/.exec(message)?.[1];
  if (position !== undefined) return Number(position);
  const [, isCut, excerpt] = excerptForm.exec(message) ?? [];
  if (excerpt === undefined) return text.length;
  if (isCut) return text.indexOf(excerpt) + quotedBefore;
  // The excerpt begins at the start of the text.
  const lengths = Array.from({ length: excerpt.length }, (_, index) => index + 1);
  return (lengths.find((length) => isUnexpected(text.slice(0, length))) ?? text.length + 1) - 1;
}

function isUnexpected(text: string): boolean {
  try {
    JSON.parse(text);
    return false;
  } catch (error) {
    return excerptForm.test((error as Error).message);
  }
}

function complaint(character: string): string {
  if (character === '') return 'Unexpected end-of-input: expected a value';
  return `Unexpected character ('${character}' (code ${character.charCodeAt(0)}))`;
}

const lineFeed = 0x0a;

function placeOf(text: string, position: number): string {
  let line = 1;
  let start = 0;
  for (let at = 0; at < position; at++) {
    if (text.charCodeAt(at) !== lineFeed) continue;
    line += 1;
    start = at + 1;
  }
  return `[line:${line}, column:${position - start + 1}]`;
}

function nameOf(value: unknown): string {
  return Array.isArray(value) ? 'an array' : value === null ? 'null' : typeof value;
}
