import '../../../cli/requireNode.js';
import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { memberFlag, programFlags } from '../../../cli/commonFlags.js';
import { exitCodeOf } from '../../../cli/errors/exitCodes.js';
import { inProgramUnlessInterrupted } from '../../../cli/inProgram.js';
import { memberResult } from '../../../cli/memberResult.js';
import { memberHead, memberSections } from '../../../cli/memberSections.js';
import type { DisplayMemberResult } from '../../../cli/results/memberResults.js';
import { SfCommand } from '../../../cli/sfCommand.js';
import { narrowTableLayout } from '../../../cli/terminal/tableLayout.js';
import { readMemberOverview } from '../../../client/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.display.member');
export type { DisplayMemberResult } from '../../../cli/results/memberResults.js';

export default class DisplayMember extends SfCommand<DisplayMemberResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');

  public static readonly flags = {
    ...programFlags,
    member: memberFlag({ required: true }),
    expiring: Flags.boolean({
      summary: messages.getMessage('flags.expiring.summary'),
      description: messages.getMessage('flags.expiring.description'),
    }),
  };

  public async run(): Promise<DisplayMemberResult> {
    return inProgramUnlessInterrupted(
      this,
      async () => (await this.parse(DisplayMember)).flags,
      async ({ client, program, flags }) => {
        const { member, expiring } = flags;
        const result = memberResult(program, await readMemberOverview(client, program, member, { expiring }));
        this.#show(result);
        return { result, exitCode: exitCodeOf({ refused: result.gaps.length, open: 0 }) };
      },
    );
  }

  #show(result: DisplayMemberResult): void {
    for (const line of [...memberHead(result), '']) this.log(line);
    for (const { title, table, lines } of memberSections(result)) {
      this.log(title);
      // A table brings an empty line of its own.
      if (table) this.table({ ...narrowTableLayout, columns: [...table.columns], data: [...table.data] });
      for (const line of lines) this.log(line);
      if (lines.length > 0) this.log();
    }
  }
}
