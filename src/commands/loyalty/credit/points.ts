import '../../../cli/requireNode.js';
import { counted } from '../../../base/text/counted.js';
import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { carriedOutUnlessInterrupted } from '../../../cli/carriedOut.js';
import { commandLine } from '../../../base/text/commandLine.js';
import { countBy } from '../../../cli/counts.js';
import { keyFlag, memberFlag, outboxFlag, programFlags } from '../../../cli/commonFlags.js';
import { exitCodeAfter, findOut, outcomeOf } from '../../../cli/keyedOutcome.js';
import { orgClient } from '../../../cli/orgClient.js';
import { outboxPath } from '../../../cli/outboxPath.js';
import { missingProcess } from '../../../cli/errors/missingProcess.js';
import { chooseProgram } from '../../../cli/chooseProgram.js';
import { onceStatuses } from '../../../cli/results/commandResults.js';
import type { CreditPointsResult } from '../../../cli/results/commandResults.js';
import { SfCommand } from '../../../cli/sfCommand.js';
import type { LoyaltyClient } from '../../../client/index.js';
import { creditPoints, SqliteOutbox } from '../../../sync/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.credit.points');
export type { CreditPointsResult } from '../../../cli/results/commandResults.js';
const words = 'credit points';

export default class CreditPoints extends SfCommand<CreditPointsResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');

  public static readonly flags = {
    ...programFlags,
    member: memberFlag({ required: true }),
    points: Flags.string({
      summary: messages.getMessage('flags.points.summary'),
      required: true,
      parse: async (input) => parsePoints(input),
    }),
    key: keyFlag,
    process: Flags.string({
      summary: messages.getMessage('flags.process.summary'),
      description: messages.getMessage('flags.process.description'),
      default: 'CreditPointsToMembers',
    }),
    outbox: outboxFlag,
  };

  public async run(): Promise<CreditPointsResult> {
    let again = '';
    return carriedOutUnlessInterrupted(
      this,
      async () => {
        const { flags } = await this.parse(CreditPoints);
        const { 'target-org': org, key = randomUUID(), process: processName } = flags;
        const points = Number(flags.points);
        const client = await orgClient(flags);
        const program = await chooseProgram(client, flags.program, this);
        const { MembershipNumber: member } = await client.members.get(program, flags.member);
        const isNamed = processName !== CreditPoints.flags.process.default;
        const options = {
          program,
          outbox: flags.outbox && resolve(flags.outbox),
          process: isNamed ? processName : undefined,
        };
        again = commandLine(words, { member, points: flags.points, key, ...options, 'target-org': this.orgName });
        await using outbox = await SqliteOutbox.open(flags.outbox ?? outboxPath(this.config.dataDir, org, program));
        const credit = { program, member, points, processName, activityDate: new Date().toISOString() };
        const result = await creditPoints(client, credit, { key, calls: outbox.calls });
        if (result.status === 'refused') await failIfMissing(client, program, processName);
        const record = { key, member, points, ...outcomeOf(result, again) };
        return { result: this.#show(program, record), exitCode: exitCodeAfter(result) };
      },
      () => findOut(again),
    );
  }

  #show(program: string, record: CreditPointsResult['records'][number]): CreditPointsResult {
    const { key, member, points, status, error } = record;
    if (status === 'done')
      this.logSuccess(messages.getMessage('info.done', [counted(points, 'point'), member, program]));
    if (status === 'known') this.log(messages.getMessage('info.known', [member]));
    if (error) this.logToStderr(`${error.code}: ${error.message}`);
    this.log(messages.getMessage('info.key', [key]));
    return { program, records: [record], counts: countBy([record], onceStatuses) };
  }
}

async function failIfMissing(client: LoyaltyClient, program: string, name: string): Promise<void> {
  const error = await missingProcess(client, program, { type: 'CreditPointsToMembers', name });
  if (error) throw error;
}

/**
 * Parses a positive number with at most two decimals, which is what the org stores. @throws {SfError} for anything else
 */
function parsePoints(input: string): string {
  if (!/^\d+(\.\d{1,2})?$/.test(input) || Number(input) === 0) throw messages.createError('error.points', [input]);
  return input;
}
