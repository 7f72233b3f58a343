import type { Store } from '../store/store.js';
import type { SObjectRow } from '../store/tables/objectTable.js';

export interface Program {
  readonly id: string;
  readonly name: string;
}

export class ProgramDirectory {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /**
   * The active program of that name, in any case: the segment of the path is the record's Name. The set-up guide asks
   * for an active program; that an inactive one is answered like an unknown one is inferred.
   *
   * @throws {Error} what `refusal` makes of the reason: resources differ in how they refuse a program
   */
  named(name: string, refusal: (message: string) => Error): Program {
    const programs = this.#store.find('LoyaltyProgram', { Name: name });
    const program = programs.find((each) => each['Status'] === 'Active') ?? programs[0];
    if (!program) throw refusal(`The loyalty program ${name} does not exist.`);
    if (program['Status'] !== 'Active') throw refusal(`The loyalty program ${name} is not active.`);
    return { id: program.Id, name: programText(program, 'Name') };
  }
}

/** A field that always has text; empty where a row of the org has none. */
export function programText(row: SObjectRow, field: string): string {
  const value = row[field];
  return typeof value === 'string' ? value : '';
}
