import '../../../cli/requireNode.js';
import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { filledText, programFlags } from '../../../cli/commonFlags.js';
import { localTimeFlag } from '../../../cli/dayFlag.js';
import { memberRowFlags, memberRowsCommand } from '../../../cli/memberRows.js';
import { renewClubStatuses } from '../../../cli/results/clubResults.js';
import type { RenewClubResult } from '../../../cli/results/clubResults.js';
import { SfCommand } from '../../../cli/sfCommand.js';
import { dateText } from '../../../cli/terminal/terminalText.js';
import { renewClub } from '../../../client/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.renew.club');
export type { RenewClubResult } from '../../../cli/results/clubResults.js';

type Fields = Pick<RenewClubResult['records'][number], 'club' | 'clubMembershipNumber' | 'before' | 'after'>;

/** Of a member who could not be served. */
const blank: Fields = { club: '', clubMembershipNumber: null, before: null, after: null };

export default class RenewClub extends SfCommand<RenewClubResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');

  public static readonly flags = {
    ...programFlags,
    ...memberRowFlags(messages.getMessage('flags.file.description')),
    club: filledText({ summary: messages.getMessage('flags.club.summary'), required: true }),
    'end-date': localTimeFlag({
      summary: messages.getMessage('flags.end-date.summary'),
      description: messages.getMessage('flags.end-date.description'),
      exclusive: ['period'],
    }),
    period: Flags.integer({
      summary: messages.getMessage('flags.period.summary'),
      description: messages.getMessage('flags.period.description'),
      min: 1,
    }),
    unit: Flags.option({
      summary: messages.getMessage('flags.unit.summary'),
      options: ['Days', 'Months', 'Years'] as const,
      default: 'Months' as const,
    })(),
    notes: filledText({ summary: messages.getMessage('flags.notes.summary') }),
  };

  public async run(): Promise<RenewClubResult> {
    return memberRowsCommand(this, async () => (await this.parse(RenewClub)).flags, {
      words: 'renew club',
      given: ({ club, period, unit, notes, ...flags }) => {
        return { club, 'end-date': flags['end-date'], period, ...(period !== undefined && { unit }), notes };
      },
      columns: [],
      statuses: renewClubStatuses,
      unclear: ['unclear'],
      doesAgain: (flags) => flags['end-date'] === undefined,
      act: async ({ client, program, flags }, { membershipNumber }) => {
        const { club, period: count, unit, notes, 'end-date': endDate } = flags;
        const period = count === undefined ? undefined : { count, unit };
        return { club, ...(await renewClub(client, program, { membershipNumber, club, endDate, period, notes })) };
      },
      blank,
      show: ({ status, key, club, ...ends }) => {
        const [before, after] = [ends.before, ends.after].map((end) =>
          end === null ? messages.getMessage('word.noEnd') : dateText(end),
        );
        if (status === 'renewed') this.logSuccess(messages.getMessage('info.renewed', [key, club, after, before]));
        else if (status === 'already') this.log(messages.getMessage('info.already', [key, club, after]));
        else this.warn(messages.getMessage('warning.unclear', [key, club, before, after]));
      },
      messages,
      reader: async () => (await import('../../../sync/index.js')).readNamedRows,
    });
  }
}
