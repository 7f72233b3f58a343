import { isUtf8 } from 'node:buffer';
import { nameTwice } from '../base/jsonNames.js';
import { DoorRefusal } from './doorRefusal.js';

/** Returns the JSON in a body. @throws {DoorRefusal} 400 */
export function bodyJson(bytes: Buffer | undefined): unknown {
  if (bytes === undefined || bytes.length === 0) {
    throw notJson('The body is empty: send a transaction, or a list of them, as JSON.');
  }
  if (!isUtf8(bytes)) throw notJson('The body is not UTF-8.');
  const text = new TextDecoder().decode(bytes);
  const value = parsed(text);
  const twice = nameTwice(text);
  if (twice === undefined) return value;
  throw notJson(`An object has the name ${JSON.stringify(twice)} twice, so its value is not clear.`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text, exactly);
  } catch (error) {
    // The parser quotes the text around the place, and its caller knows it.
    const reason = error instanceof RangeError ? 'it is nested too deeply' : (error as Error).message;
    throw notJson(`The body is not JSON: ${reason}.`);
  }
}

/** A number with more digits than a float holds stays the text that it was, which counts as the same number. */
function exactly(_name: string, value: unknown, context?: { readonly source?: string }): unknown {
  if (typeof value !== 'number' || context?.source === undefined) return value;
  return context.source.replace(/e.*$/i, '').replace(/\D/g, '').length > 15 ? context.source : value;
}

function notJson(message: string): DoorRefusal {
  return new DoorRefusal(400, 'NOT_JSON', message);
}
