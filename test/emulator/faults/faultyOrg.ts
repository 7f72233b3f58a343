import { LostAnswerError, LoyaltyApiError, LoyaltyClient, LoyaltyProcessError } from '../../../src/client/index.js';
import type { EmulatorOptions, FaultRuleInput } from '../../../src/emulator/index.js';
import type { Answer } from '../restClient.js';
import { ExampleOrg, programName, purchase } from '../loyalty/exampleProgram.js';
import { ManualClock } from './manualClock.js';

export const realtime = '/connect/realtime/loyalty/programs/:program';

/** What a client has seen: `200`, `failed` (200 with `status: false`), `reset`, `403 REQUEST_LIMIT_EXCEEDED` … */
export async function seen(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return '200';
  } catch (error) {
    if (error instanceof LostAnswerError) return error.kind;
    if (error instanceof LoyaltyApiError) return `${error.status} ${error.errorCode ?? error.headers['content-type']}`;
    if (error instanceof LoyaltyProcessError) return 'failed';
    throw error;
  }
}

/** A local org with three members and the real client, on a clock that the test moves. */
export class FaultyOrg implements AsyncDisposable {
  private constructor(
    readonly org: ExampleOrg,
    readonly client: LoyaltyClient,
    readonly clock: ManualClock,
  ) {}

  static async start(options: EmulatorOptions & { timeout?: number } = {}): Promise<FaultyOrg> {
    const clock = new ManualClock();
    const { timeout = 5000, ...rest } = options;
    const org = await ExampleOrg.start({ clock, effects: true, ...rest });
    await org.withMembers('M-1', 'M-2', 'M-3');
    const { url: instanceUrl } = org.emulator;
    const client = await LoyaltyClient.connect({ instanceUrl, clientId: 'test', clientSecret: 'none', timeout });
    return new FaultyOrg(org, client, clock);
  }

  get emulator(): ExampleOrg['emulator'] {
    return this.org.emulator;
  }

  /** Plans faults for the execution of journals. */
  plan(...rules: FaultRuleInput[]): void {
    this.emulator.faults.add(...rules.map((rule) => ({ match: { path: realtime }, ...rule })));
  }

  /** Sends one request with a journal `key@member` for each. @returns what the client has seen */
  send(...journals: string[]): Promise<string> {
    const given = journals.map((journal) => {
      const [ExternalTransactionNumber = '', member = 'M-1'] = journal.split('@');
      return { ...purchase(member, 10), TransactionAmount: 10, ExternalTransactionNumber };
    });
    return seen(this.client.journals.execute(programName, given));
  }

  /** Advances the member's progress by one, through the standard action. */
  advance(loyaltyProgramMemberId: string): Promise<Answer> {
    const promotionId = this.org.program.tenCups;
    const inputs = [{ loyaltyProgramMemberId, promotionId, usageIncrementForCumulativePromotion: 1 }];
    return this.org.api.post('/actions/standard/updateProgressForCumulativePromotionUsage', { inputs });
  }

  /** Numbers of the journals that are in the org, in the order in which they came there. */
  get committed(): unknown[] {
    return [...this.emulator.effects]
      .filter(({ object, operation }) => object === 'TransactionJournal' && operation === 'insert')
      .map(({ fields }) => fields['ExternalTransactionNumber']);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.org[Symbol.asyncDispose]();
  }
}
