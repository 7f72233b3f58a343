import type { LoyaltyClient } from '../client/index.js';
import { attempt, stopReason, type Failure } from './attempt.js';
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

  public async check(members: readonly string[]): Promise<void> {
    const asked = await attempt(members.length, () => this.client.members.find(this.program, members));
    if ('failure' in asked) return this.putOff(asked.failure);
    // Text is compared without case in the org.
    const known = new Set(asked.answer.map(({ MembershipNumber }) => MembershipNumber.toLowerCase()));
    const found = members.filter((member) => known.has(member.toLowerCase()));
    const absent = members.filter((member) => !known.has(member.toLowerCase()));
    await this.course.delivery.checkedMembers(found, absent, {
      code: 'UNKNOWN_MEMBER',
      message: (member) =>
        `The program ${this.program} has no member ${member}. Enrol the member, then send this again.`,
    });
    this.course.progressedAt = this.course.clock.now();
  }

  /** A query may be repeated; one that the org refuses would be refused for ever. */
  private async putOff(failure: Failure): Promise<void> {
    const { clock, pace } = this.course;
    const { code, message } = failure;
    const reason = failure.kind === 'refused' ? { code: code ?? 'REFUSED', message } : stopReason(failure);
    if (reason) this.course.stop(reason);
    else await clock.sleep(pace.retryAt(1, 1000) - clock.now());
  }
}
