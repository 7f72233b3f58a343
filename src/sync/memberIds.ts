import type { MemberRow } from '../client/index.js';
import type { PresentMembers } from './presentMembers.js';

/** Most members whose Ids are remembered. */
const mostMembers = 100_000;

/** Finds the Ids of members. Remembers them, also those that another look-up has seen, so that nobody is asked twice. */
export class MemberIds {
  readonly #present: PresentMembers;
  /** By membership number in lower case, the one learned longest ago first. */
  readonly #ids = new Map<string, string>();

  constructor(present: PresentMembers) {
    this.#present = present;
  }

  /** Takes over what a look-up has found. A merged member has the Id of another one, which is asked when it is needed. */
  learn(members: readonly MemberRow[]): void {
    for (const { MembershipNumber, MemberStatus, Id } of members) {
      if (MemberStatus !== 'Merged') this.#remember(MembershipNumber.toLowerCase(), Id);
    }
  }

  /** Returns the Ids of these numbers, which are in lower case. A number that the program does not have is left out. */
  async idsOf(numbers: Iterable<string>): Promise<ReadonlyMap<string, string>> {
    const ids = new Map<string, string>();
    const unknown = new Set<string>();
    for (const number of numbers) {
      const id = this.#ids.get(number);
      if (id === undefined) unknown.add(number);
      else ids.set(number, id);
    }
    for (const [number, id] of await this.#present.idsOf([...unknown])) {
      ids.set(number, id);
      this.#remember(number, id);
    }
    return ids;
  }

  #remember(number: string, id: string): void {
    this.#ids.delete(number);
    this.#ids.set(number, id);
    if (this.#ids.size <= mostMembers) return;
    for (const oldest of this.#ids.keys()) {
      this.#ids.delete(oldest);
      break;
    }
  }
}
