import type { SObjectDefinition } from '../../contract/sobject.js';
import { absentObject, isStandardObject } from '../unimplemented/standardObjects.js';
import type { SoqlText } from './errors.js';

/** The objects that a query may name. */
export interface SoqlSchema {
  /** Case does not matter. */
  object(name: string): SObjectDefinition | undefined;
}

export interface QueryContext {
  readonly schema: SoqlSchema;
  /** `66.0`. Objects and fields that are younger are not there. */
  readonly apiVersion: string;
  /** What TODAY and its like count from. */
  readonly now: Date;
  /** IANA name of the user's time zone, in which days begin. */
  readonly timeZone: string;
  /** Deleted rows too, as `queryAll` gives them. */
  readonly allRows: boolean;
}

/** What every part of one compilation shares. */
export class Compilation {
  #tables = 0;

  public constructor(
    public readonly context: QueryContext,
    public readonly text: SoqlText,
  ) {}

  /** A table alias that no other part of the statement has. */
  public nextTable(): string {
    return `t${this.#tables++}`;
  }

  /** @throws {SoqlError} INVALID_TYPE */
  public object(name: string): SObjectDefinition {
    const definition = this.context.schema.object(name);
    if (!definition && isStandardObject(name)) throw absentObject(name);
    if (!definition || definition.since > Number(this.context.apiVersion)) throw this.text.noSuchObject(name);
    return definition;
  }
}
