import type { HttpAnswer } from '../../../src/client/failures/httpAnswer.js';
import type { LostAnswerKind } from '../../../src/client/failures/callErrors.js';
import type { Call } from '../../../src/client/transport/send.js';
import { failure, ok } from './answers.js';
import type { Tables } from './tables.js';

/** What the org does with one enrollment. Times are milliseconds after its arrival. */
export interface EnrollmentFate {
  /** When it stores the member. Default: never. */
  readonly storesAt?: number;
  readonly answersAt: number;
  readonly answer: 'result' | HttpAnswer | LostAnswerKind;
}

interface DeskOptions {
  readonly tables: Tables;
  readonly clock: { after(ms: number, work: () => void): void; sleep(ms: number): Promise<unknown> };
}

interface Body {
  readonly membershipNumber: string;
  readonly associatedContactDetails: { readonly lastName: string };
  readonly memberStatus: string;
}

const latency = 300;

/** Enrolls members, and records each time. */
export class EnrollmentDesk {
  /** Bodies of the calls, in the order of their arrival. */
  readonly calls: Body[] = [];
  /** Numbers of members, once for every time that one was stored. */
  readonly stored: string[] = [];
  /** Whether it refuses a number that it has. */
  refusesDoubles = true;
  fate: (body: Body) => EnrollmentFate = () => this.honest();
  readonly #options: DeskOptions;

  constructor(options: DeskOptions) {
    this.#options = options;
  }

  honest(takes = latency): EnrollmentFate {
    return { storesAt: Math.floor(takes / 2), answersAt: takes, answer: 'result' };
  }

  isOf({ method, path }: Call): boolean {
    return method === 'POST' && path.endsWith('/individual-member-enrollments');
  }

  async take(call: Call): Promise<HttpAnswer | LostAnswerKind> {
    const { tables, clock } = this.#options;
    const body = call.body as Body;
    this.calls.push(body);
    const { storesAt, answersAt, answer } = this.fate(body);
    const found = { isDouble: false };
    if (storesAt !== undefined)
      clock.after(storesAt, () => {
        found.isDouble = this.refusesDoubles && tables.memberId(body.membershipNumber) !== undefined;
        if (found.isDouble) return;
        this.stored.push(body.membershipNumber);
        tables.enrol(body.membershipNumber);
      });
    await clock.sleep(answersAt);
    if (answer !== 'result') return answer;
    if (found.isDouble) return failure(400, 'DUPLICATE_VALUE', `duplicate value found: ${body.membershipNumber}`);
    const loyaltyProgramMemberId = tables.memberId(body.membershipNumber);
    return ok({ loyaltyProgramMemberId, loyaltyProgramName: 'x', membershipNumber: body.membershipNumber });
  }
}
