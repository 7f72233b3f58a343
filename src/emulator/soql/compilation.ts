import type { SObjectDefinition } from '../../contract/sobject.js';
import { absentObject, isStandardObject } from '../unimplemented/standardObjects.js';
import type { SoqlText } from './soqlErrors.js';

/** The objects that a query may use. */
export interface SoqlSchema {
  /** Ignores case. */
  object(name: string): SObjectDefinition | undefined;
}

export interface QueryContext {
  readonly schema: SoqlSchema;
  /** For example `66.0`. Objects and fields that a later version introduced do not exist. */
  readonly apiVersion: string;
  /** The moment that TODAY and the other date literals start from. */
  readonly now: Date;
  /** IANA name of the user's time zone, which decides when a day begins. */
  readonly timeZone: string;
  /** Whether deleted rows are included, as in `queryAll`. */
  readonly allRows: boolean;
}

/** Shared by all parts of one compilation. */
export class Compilation {
  #tables = 0;

  constructor(
    readonly context: QueryContext,
    readonly text: SoqlText,
  ) {}

  /** Returns a table alias that no other part of the statement uses. */
  nextTable(): string {
    return `t${this.#tables++}`;
  }

  /** @throws {SoqlError} INVALID_TYPE when the API version has no such object */
  object(name: string): SObjectDefinition {
    const definition = this.context.schema.object(name);
    if (!definition && isStandardObject(name)) throw absentObject(name);
    if (!definition || definition.since > Number(this.context.apiVersion)) throw this.text.noSuchObject(name);
    return definition;
  }
}
