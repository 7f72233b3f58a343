import '../../../cli/requireNode.js';
import { Messages } from '@salesforce/core';
import { filledText, programFlags } from '../../../cli/commonFlags.js';
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
    'enrollment-date': filledText({
      summary: messages.getMessage('flags.enrollment-date.summary'),
      description: messages.getMessage('flags.enrollment-date.description'),
    }),
    'end-date': filledText({
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
      columns: ['clubMembershipNumber', 'enrollmentDate', 'membershipEndDate', 'memberStatus'],
      statuses: enrollClubStatuses,
      act: async ({ client, program, flags }, { membershipNumber, values }) => {
        const { club, number, status } = flags;
        const joined = await joinClub(client, program, {
          membershipNumber,
          club,
          clubMembershipNumber: values['clubMembershipNumber'] ?? number,
          memberStatus: values['memberStatus'] ?? status,
          enrollmentDate: withTime(values['enrollmentDate'] ?? flags['enrollment-date']),
          membershipEndDate: withTime(values['membershipEndDate'] ?? flags['end-date']),
        });
        return { club, ...joined };
      },
      blank,
      show: ({ status, key, club, clubMembershipNumber, endDate }) => {
        const number = clubMembershipNumber ?? '–';
        const end = endDate === null ? messages.getMessage('word.noEnd') : dateText(endDate);
        if (status === 'enrolled') this.logSuccess(messages.getMessage('info.enrolled', [key, club, number, end]));
        else this.log(messages.getMessage('info.exists', [key, club, number, end]));
      },
      messages,
      reader: async () => (await import('../../../sync/index.js')).readNamedRows,
    });
  }
}

function withTime(date: string | undefined): string | undefined {
  return date?.length === 10 ? `${date}T00:00:00` : date;
}
