import type { LoyaltyClient } from '../client/index.js';
import type { Emulator } from '../emulator/index.js';
import type { Transaction } from '../transaction.js';
import { memberState } from './memberStates.js';
import type { MemberState } from './memberStates.js';

interface MembersOfFeedOptions {
  readonly store: Emulator['store'];
  readonly client: LoyaltyClient;
  /** Name of the program. */
  readonly program: string;
  /** Called for each member, before its first transaction. */
  readonly onMember?: ((member: { readonly number: string; readonly id: string }, day: string) => void) | undefined;
}

/** The members that a feed names. Those that the program does not have are enrolled before their first transaction. */
export class MembersOfFeed {
  readonly #options: MembersOfFeedOptions;
  /** By number in lower case, as an org compares them. */
  readonly #seen = new Map<string, { readonly number: string; readonly id: string; readonly before: MemberState }>();
  #enrolled = 0;

  constructor(options: MembersOfFeedOptions) {
    this.#options = options;
  }

  /** How many were enrolled. */
  get enrolled(): number {
    return this.#enrolled;
  }

  /** Every member with its state before its first transaction, in the order of the feed. */
  all(): { readonly number: string; readonly id: string; readonly before: MemberState }[] {
    return [...this.#seen.values()];
  }

  /** Makes sure that the member of a transaction is in the program. @throws {LoyaltyApiError} */
  async meet(transaction: Transaction): Promise<void> {
    const key = transaction.member.toLowerCase();
    if (this.#seen.has(key)) return;
    const row = this.#find(transaction.member);
    const id = row?.Id ?? (await this.#enroll(transaction));
    const number = typeof row?.['MembershipNumber'] === 'string' ? row['MembershipNumber'] : transaction.member;
    this.#options.onMember?.({ number, id }, String(transaction.journal['ActivityDate']).slice(0, 10));
    this.#seen.set(key, { number, id, before: memberState(this.#options.store, id) });
  }

  #find(number: string) {
    const { store, program } = this.#options;
    const found = store.first('LoyaltyProgram', { Name: program });
    return store.first('LoyaltyProgramMember', { MembershipNumber: number, ProgramId: found?.Id ?? null });
  }

  /** On the day of the first transaction, unless the mapping says something else. */
  async #enroll({ member, journal, enrollment }: Transaction): Promise<string> {
    const { client, program } = this.#options;
    const details = enrollment && !('problem' in enrollment) ? enrollment : undefined;
    const response = await client.members.enroll(program, {
      associatedContactDetails: { lastName: member },
      enrollmentDate: `${String(journal['ActivityDate']).slice(0, 10)}T00:00:00`,
      memberStatus: 'Active',
      ...details,
      membershipNumber: member,
    });
    this.#enrolled++;
    return response.loyaltyProgramMemberId;
  }
}
