import '../../../cli/requireNode.js';
import { Messages } from '@salesforce/core';
import { filledText, orgFlags } from '../../../cli/commonFlags.js';
import { concludeUnlessInterrupted } from '../../../cli/concludeCommand.js';
import { countBy } from '../../../cli/counts.js';
import { exitCodeOf } from '../../../cli/errors/exitCodes.js';
import { orgCheckLines } from '../../../cli/orgCheckLines.js';
import { orgClient } from '../../../cli/orgClient.js';
import type { CheckOrgResult } from '../../../cli/results/orgResults.js';
import { SfCommand } from '../../../cli/sfCommand.js';
import { checkOrg, findingStatuses } from '../../../client/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.check.org');
export type { CheckOrgResult } from '../../../cli/results/orgResults.js';

export default class CheckOrg extends SfCommand<CheckOrgResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');

  public static readonly flags = {
    ...orgFlags,
    program: filledText({
      char: 'p',
      summary: messages.getMessage('flags.program.summary'),
      description: messages.getMessage('flags.program.description'),
      env: 'SF_LOYALTY_PROGRAM',
    }),
  };

  public async run(): Promise<CheckOrgResult> {
    return concludeUnlessInterrupted(this, async () => {
      const { flags } = await this.parse(CheckOrg);
      const client = await orgClient(flags);
      const records = await checkOrg(client, { program: flags.program });
      const counts = countBy(records, findingStatuses);
      const result = { apiVersion: client.apiVersion, records, counts };
      for (const line of orgCheckLines(result)) this.log(line);
      return { result, exitCode: exitCodeOf({ refused: counts.missing, open: 0 }) };
    });
  }
}
