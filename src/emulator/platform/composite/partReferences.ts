import { isJsonObject } from '../../../base/jsonObject.js';
import { OrgRefusal } from '../../orgRefusal.js';

/** A reference id such as `account`, followed by steps such as `.id` or `[0]`. */
const pathForm = /^(\w+)((?:\.\w+|\[\d+\])+)$/;
const stepForm = /\.(\w+)|\[(\d+)\]/g;
const inText = /@\{([^{}]*)\}/g;
/** In an address the braces may be percent-encoded. */
const inUrl = /(?:@|%40)(?:\{|%7B)([\w.[\]%]{0,200}?)(?:\}|%7D)/gi;
/** Before this version, a reference to a field without a value is an error (guide, REST API). */
const emptySince = 52;

type Scalar = string | number | boolean | null;

/**
 * The answers of earlier subrequests. Replaces references to them: `@{account.id}`, `@{query.records[0].Name}`. Case
 * matters in names: the answer to a create has an `id`, a record that was read has an `Id`.
 *
 * @throws {OrgRefusal} 400 PROCESSING_HALTED, in every method, when a reference has no value because its subrequest
 *   failed, does not exist or comes later, or because its answer has no such member
 */
export class References {
  readonly #answers = new Map<string, unknown>();

  readonly #version: number;

  constructor(version: number) {
    this.#version = version;
  }

  /** Stores the answer of a successful subrequest. */
  add(referenceId: string, answer: unknown): void {
    this.#answers.set(referenceId, answer);
  }

  inUrl(url: string): string {
    return url.replace(inUrl, (_, path: string) => encodeURIComponent(String(this.#valueOf(decoded(path)) ?? '')));
  }

  /** Replaces references in a JSON value. A text that consists of one reference becomes its value, of any type. */
  inBody(value: unknown): unknown {
    if (typeof value === 'string') return this.#inText(value);
    if (Array.isArray(value)) return value.map((each) => this.inBody(each));
    if (!isJsonObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, this.inBody(each)]));
  }

  #inText(text: string): Scalar {
    if (!text.includes('@{')) return text;
    const whole = /^@\{([^{}]*)\}$/.exec(text)?.[1];
    if (whole !== undefined) return this.#valueOf(whole);
    return text.replace(inText, (_, path: string) => String(this.#valueOf(path) ?? ''));
  }

  #valueOf(path: string): Scalar {
    const [, name = path, steps = ''] = pathForm.exec(path) ?? [];
    let value = steps === '' ? undefined : this.#answers.get(name);
    for (const [, member, index] of steps.matchAll(stepForm)) {
      if (Array.isArray(value)) value = value[Number(index)];
      else
        value = isJsonObject(value) && member !== undefined && Object.hasOwn(value, member) ? value[member] : undefined;
    }
    if (isScalar(value) && (value !== null || this.#version >= emptySince)) return value;
    const message = `Invalid reference specified. No value for ${path} found in ${name}`;
    throw new OrgRefusal(400, 'PROCESSING_HALTED', message);
  }
}

/** Returns the reference ids that a value refers to. */
export function referredTo(value: unknown): string[] {
  const text = typeof value === 'string' ? value : JSON.stringify(value ?? null);
  return [...text.matchAll(inUrl)].map(([, path = '']) => /^\w*/.exec(decoded(path))?.[0] ?? '');
}

function isScalar(value: unknown): value is Scalar {
  return value === null || ['boolean', 'number', 'string'].includes(typeof value);
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
