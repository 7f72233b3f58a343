import { OrgRefusal, notImplemented } from '../orgRefusal.js';

/** Refusal of a query: HTTP 400, `[{ errorCode, message }]`. */
export class SoqlError extends OrgRefusal {
  constructor(errorCode: string, message: string) {
    super(400, errorCode, message);
  }
}

const customFieldHint =
  "If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. " +
  'Please reference your WSDL or the describe call for the appropriate names.';
const customObjectHint =
  "If you are attempting to use a custom object, be sure to append the '__c' after the entity name. " +
  'Please reference your WSDL or the describe call for the appropriate names.';
const customRelationshipHint =
  "If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. " +
  'Please reference your WSDL or the describe call for the appropriate names.';

type Clause = 'FROM' | 'WHERE' | 'GROUP BY' | 'ORDER BY';

/** Characters of the query shown before and after the point of an error. */
const shownBefore = 60;
const shownAfter = 40;

/** The text of one query. A refusal quotes it, with a caret under the offending word. */
export class SoqlText {
  constructor(readonly text: string) {}

  malformed(message: string, token?: string): SoqlError {
    return this.#refusal('MALFORMED_QUERY', message, this.#offsetOf(token));
  }

  unexpected(token: string, offset?: number): SoqlError {
    return this.#refusal('MALFORMED_QUERY', `unexpected token: '${token}'`, offset ?? this.#offsetOf(token));
  }

  noSuchColumn(field: string, entity: string): SoqlError {
    return this.invalidField(`No such column '${field}' on entity '${entity}'. ${customFieldHint}`, field);
  }

  noSuchObject(object: string): SoqlError {
    const message = `sObject type '${object}' is not supported. ${customObjectHint}`;
    return this.#refusal('INVALID_TYPE', message, this.#offsetOf(object, 'FROM'));
  }

  noSuchParent(relationship: string): SoqlError {
    const message = `Didn't understand relationship '${relationship}' in field path. ${customRelationshipHint}`;
    return this.invalidField(message, relationship);
  }

  noSuchChildren(relationship: string): SoqlError {
    const message = `Didn't understand relationship '${relationship}' in FROM part of query call. ${customRelationshipHint}`;
    return this.#refusal('INVALID_TYPE', message, this.#offsetOf(relationship, 'FROM'));
  }

  invalidField(message: string, token?: string, clause?: Clause): SoqlError {
    return this.#refusal('INVALID_FIELD', message, this.#offsetOf(token, clause));
  }

  invalidOperator(message: string, token: string): SoqlError {
    return this.#refusal('INVALID_QUERY_FILTER_OPERATOR', message, this.#offsetOf(token, 'WHERE'));
  }

  /** Refuses a part of SOQL that the platform supports but this emulator does not. */
  notImplemented(what: string): OrgRefusal {
    return notImplemented(what);
  }

  #refusal(errorCode: string, message: string, offset?: number): SoqlError {
    return new SoqlError(errorCode, offset === undefined ? message : `${this.#pointAt(offset)}\n${message}`);
  }

  /**
   * Finds the first whole word of the clause that equals the token, outside quotes. The parsed query holds no
   * positions, so this may be an earlier use of the same word.
   */
  #offsetOf(token: string | undefined, clause?: Clause): number | undefined {
    if (token === undefined) return undefined;
    const blanked = blankLiterals(this.text, token);
    const start = clause ? blanked.search(new RegExp(`\\b${clause.replace(' ', '\\s+')}\\b`, 'i')) : 0;
    const word = new RegExp(`(?<!\\w)${token.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?!\\w)`, 'gi');
    word.lastIndex = Math.max(0, start);
    return word.exec(blanked)?.index;
  }

  /** Row and column count from 1. */
  #pointAt(offset: number): string {
    const before = this.text.slice(0, offset).split(/\r\n|\r|\n/);
    const column = (before.at(-1) ?? '').length;
    const line = this.text.split(/\r\n|\r|\n/)[before.length - 1] ?? '';
    const from = Math.max(0, column - shownBefore);
    const shown = line.slice(from, column + shownAfter);
    return `\n${shown}\n${' '.repeat(column - from)}^\nERROR at Row:${before.length}:Column:${column + 1}`;
  }
}

/** Returns the message of a refused query without its place, for a caller who has not written the query. */
export function messageWithoutPlace(message: string): string {
  return message.replace(/^\n.*\n *\^\nERROR at Row:\d+:Column:\d+\n/, '');
}

/** Replaces string literals by spaces, except the literal `kept`, so that only words of SOQL remain. */
export function blankLiterals(soql: string, kept?: string): string {
  return soql.replace(/'(?:\\.|[^'\\])*'/gs, (literal) => (literal === kept ? literal : ' '.repeat(literal.length)));
}
