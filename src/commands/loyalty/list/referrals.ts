import '../../../cli/requireNode.js';
import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { commandLine } from '../../../base/text/commandLine.js';
import { filledText, memberFlag, programFlags } from '../../../cli/commonFlags.js';
import { exitCodes } from '../../../cli/errors/exitCodes.js';
import { inProgramUnlessInterrupted } from '../../../cli/inProgram.js';
import { advocateLine, referralsTable } from '../../../cli/referralLines.js';
import { promotionRecords, referralRecord } from '../../../cli/referralRecords.js';
import type { ListReferralsResult } from '../../../cli/results/referralResults.js';
import { SfCommand } from '../../../cli/sfCommand.js';
import { tableLayout } from '../../../cli/terminal/tableLayout.js';
import { wrapped } from '../../../cli/terminal/terminalText.js';
import { readAdvocateReferrals } from '../../../client/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.list.referrals');
export type { ListReferralsResult } from '../../../cli/results/referralResults.js';

export default class ListReferrals extends SfCommand<ListReferralsResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');

  public static readonly flags = {
    ...programFlags,
    member: memberFlag({ summary: messages.getMessage('flags.member.summary') }),
    promotion: filledText({ summary: messages.getMessage('flags.promotion.summary') }),
    limit: Flags.integer({ summary: messages.getMessage('flags.limit.summary'), min: 1, default: 200 }),
  };

  public async run(): Promise<ListReferralsResult> {
    return inProgramUnlessInterrupted(
      this,
      async () => (await this.parse(ListReferrals)).flags,
      async ({ client, program, flags: { member, promotion: wanted, limit } }) => {
        const promotion = wanted === undefined ? undefined : await client.referrals.promotion(program, wanted);
        const filter = { promotionId: promotion?.id, limit };
        const found =
          member === undefined
            ? { joined: [], open: [], referrals: await client.referrals.list(program, filter) }
            : await readAdvocateReferrals(client, program, { ...filter, member });
        const records = found.referrals.map(referralRecord);
        const result = { program, records, counts: { total: records.length }, promotions: promotionRecords(found) };
        const advocate = 'membershipNumber' in found ? found.membershipNumber : undefined;
        this.#show(result, { advocate, promotion: promotion?.name ?? commonPromotion(records) });
        return { result, exitCode: exitCodes.done };
      },
    );
  }

  #show(
    { program, records, promotions }: ListReferralsResult,
    { advocate, promotion }: { readonly advocate: string | undefined; readonly promotion: string | undefined },
  ): void {
    for (const each of promotions) for (const line of wrapped(advocateLine(each), '')) this.log(line);
    const open = promotions.find(({ status }) => status === 'open');
    if (open && advocate !== undefined) {
      const given = { member: advocate, promotion: open.promotion ?? open.promotionId, program };
      const join = commandLine('enroll advocate', { ...given, 'target-org': this.orgName });
      this.log(messages.getMessage('info.join', [join]));
    }
    if (records.length === 0) {
      this.log(messages.getMessage('info.none', [advocate ?? promotion ?? program]));
      return;
    }
    const hidden = [...(advocate === undefined ? [] : ['advocate']), ...(promotion === undefined ? [] : ['promotion'])];
    const { columns, data } = referralsTable(records, hidden);
    const title = messages.getMessage('info.title', [advocate ?? promotion ?? program]);
    this.table({ ...tableLayout, title, columns: [...columns], data: [...data] });
  }
}

/** The promotion that all are of. Its name need not be in each row. */
function commonPromotion(records: ListReferralsResult['records']): string | undefined {
  const [first, ...others] = new Set(records.map(({ promotion }) => promotion));
  return others.length === 0 ? (first ?? undefined) : undefined;
}
