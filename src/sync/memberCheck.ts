import type { LoyaltyClient } from '../client/index.js';
import type { Course } from './course.js';

/**
 * Looks for members before anything is sent for them, many in one query: an unknown member in a request of two hundred
 * journals would make the org refuse all of them.
 */
export class MemberCheck {
  public constructor(
    private readonly client: LoyaltyClient,
    private readonly program: string,
    private readonly course: Course,
  ) {}

  /** Members who could not be looked for stay unchecked, and nothing is sent for them. */
  public async check(members: readonly string[]): Promise<void> {
    const { delivery, clock } = this.course;
    const rows = await this.course.ask(() => this.client.members.find(this.program, members));
    if (!rows) return;
    // Text is compared without case in the org.
    const known = new Set(rows.map(({ MembershipNumber }) => MembershipNumber.toLowerCase()));
    const found = members.filter((member) => known.has(member.toLowerCase()));
    const absent = members.filter((member) => !known.has(member.toLowerCase()));
    const refused = await delivery.checkedMembers(found, absent, {
      code: 'UNKNOWN_MEMBER',
      message: (member) =>
        `The program ${this.program} has no member ${member}. Enrol the member, then send this again.`,
    });
    this.course.progressed(refused);
    this.course.progressedAt = clock.now();
  }
}
