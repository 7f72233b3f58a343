import '../../../cli/requireNode.js';
import { Messages } from '@salesforce/core';
import { withTime } from '../../../base/localDateTime.js';
import { filledText, programFlags } from '../../../cli/commonFlags.js';
import { localTimeFlag } from '../../../cli/dayFlag.js';
import { memberRowFlags, memberRowsCommand } from '../../../cli/memberRows.js';
import { enrollClubStatuses } from '../../../cli/results/clubResults.js';
import type { EnrollClubResult } from '../../../cli/results/clubResults.js';
import { SfCommand } from '../../../cli/sfCommand.js';
import { dateText } from '../../../cli/terminal/terminalText.js';
import { joinClub } from '../../../client/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.enroll.club');
export type { EnrollClubResult } from '../../../cli/results/clubResults.js';

type Fields = Pick<EnrollClubResult['records'][number], 'club' | 'clubMembershipNumber' | 'startDate' | 'endDate'>;

/** Of a member who could not be served. */
const blank: Fields = { club: '', clubMembershipNumber: null, startDate: null, endDate: null };

export default class EnrollClub extends SfCommand<EnrollClubResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');

  public static readonly flags = {
    ...programFlags,
    ...memberRowFlags(messages.getMessage('flags.file.description')),
    club: filledText({ summary: messages.getMessage('flags.club.summary'), required: true }),
    number: filledText({ summary: messages.getMessage('flags.number.summary'), dependsOn: ['member'] }),
    'enrollment-date': localTimeFlag({
      summary: messages.getMessage('flags.enrollment-date.summary'),
      description: messages.getMessage('flags.enrollment-date.description'),
    }),
    'end-date': localTimeFlag({
      summary: messages.getMessage('flags.end-date.summary'),
      description: messages.getMessage('flags.end-date.description'),
    }),
    status: filledText({ summary: messages.getMessage('flags.status.summary'), default: 'Active' }),
  };

  public async run(): Promise<EnrollClubResult> {
    return memberRowsCommand(this, async () => (await this.parse(EnrollClub)).flags, {
      words: 'enroll club',
      given: ({ club, number, status, ...flags }) => {
        const dates = { 'enrollment-date': flags['enrollment-date'], 'end-date': flags['end-date'] };
        return { club, number, status, ...dates };
      },
      dates: ['enrollmentDate', 'membershipEndDate'],
      columns: ['clubMembershipNumber', 'enrollmentDate', 'membershipEndDate', 'memberStatus'],
      statuses: enrollClubStatuses,
      act: async ({ client, program, flags }, { membershipNumber, values }) => {
        const { club, number, status } = flags;
        const joined = await joinClub(client, program, {
          membershipNumber,
          club,
          clubMembershipNumber: values['clubMembershipNumber'] ?? number,
          memberStatus: values['memberStatus'] ?? status,
          enrollmentDate: timeOf(values['enrollmentDate'] ?? flags['enrollment-date']),
          membershipEndDate: timeOf(values['membershipEndDate'] ?? flags['end-date']),
        });
        return { club, ...joined };
      },
      blank,
      show: ({ status, key, club, clubMembershipNumber, startDate, endDate }) => {
        const number = clubMembershipNumber ?? '–';
        // Of a membership that could not be read, the org has not told the start either.
        const never = startDate === null ? '–' : messages.getMessage('word.noEnd');
        const end = endDate === null ? never : dateText(endDate);
        if (status === 'enrolled') this.logSuccess(messages.getMessage('info.enrolled', [key, club, number, end]));
        else this.log(messages.getMessage('info.exists', [key, club, number, end]));
      },
      messages,
      reader: async () => (await import('../../../sync/index.js')).readNamedRows,
    });
  }
}

function timeOf(date: string | undefined): string | undefined {
  return date === undefined ? undefined : withTime(date);
}
