import '../../../cli/requireNode.js';
import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { replaceFile } from '../../../base/files/replaceFile.js';
import { noPromptFlag } from '../../../cli/askFirst.js';
import { filledText, programFlags } from '../../../cli/commonFlags.js';
import { exitCodes } from '../../../cli/errors/exitCodes.js';
import { inProgramReading } from '../../../cli/inProgram.js';
import { insightPath } from '../../../cli/insight/insightPath.js';
import { pagePath } from '../../../cli/insight/pagePath.js';
import { cacheFlag, refreshInsight } from '../../../cli/insight/refreshInsight.js';
import { readQuestions } from '../../../cli/insight/reportQuestions.js';
import type { ReportTable } from '../../../cli/insight/reportTable.js';
import { reportTables } from '../../../cli/insight/reportTables.js';
import { ReportProgramResult } from '../../../cli/results/reportResults.js';
import { SfCommand } from '../../../cli/sfCommand.js';
import { narrowTableLayout } from '../../../cli/terminal/tableLayout.js';
import { wrapped } from '../../../cli/terminal/terminalText.js';
import {
  BadPeriodError,
  dayInZone,
  memberGroupings,
  lastMonth,
  openInsight,
  programReport,
  readPeriod,
  readProgramFacts,
  reportPage,
} from '../../../insight/index.js';
import type { ReportPeriod } from '../../../insight/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.report.program');
export type { ReportProgramResult } from '../../../cli/results/reportResults.js';

export default class ReportProgram extends SfCommand<ReportProgramResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');

  public static readonly flags = {
    ...programFlags,
    period: Flags.custom<ReportPeriod>({
      summary: messages.getMessage('flags.period.summary'),
      description: messages.getMessage('flags.period.description'),
      parse: async (input) => parsePeriod(input),
    })(),
    by: Flags.option({
      summary: messages.getMessage('flags.by.summary'),
      description: messages.getMessage('flags.by.description'),
      options: memberGroupings,
    })(),
    segments: filledText({
      summary: messages.getMessage('flags.segments.summary'),
      description: messages.getMessage('flags.segments.description'),
    }),
    goals: filledText({
      summary: messages.getMessage('flags.goals.summary'),
      description: messages.getMessage('flags.goals.description'),
    }),
    event: Flags.custom<ReportPeriod>({
      summary: messages.getMessage('flags.event.summary'),
      description: messages.getMessage('flags.event.description'),
      parse: async (input) => parsePeriod(input),
    })(),
    promotion: filledText({
      summary: messages.getMessage('flags.promotion.summary'),
      dependsOn: ['event'],
      exclusive: ['journal-type'],
    }),
    'journal-type': filledText({ summary: messages.getMessage('flags.journal-type.summary'), dependsOn: ['event'] }),
    events: filledText({
      summary: messages.getMessage('flags.events.summary'),
      description: messages.getMessage('flags.events.description'),
    }),
    html: filledText({
      summary: messages.getMessage('flags.html.summary'),
      description: messages.getMessage('flags.html.description'),
    }),
    'no-prompt': noPromptFlag,
    cache: cacheFlag,
  };

  public async run(): Promise<ReportProgramResult> {
    return inProgramReading(
      this,
      async () => {
        const { flags } = await this.parse(ReportProgram);
        return { ...flags, questions: await readQuestions(flags), html: await pagePath(this, flags) };
      },
      async ({ client, program, org, flags, signal, unheard }) => {
        const { Id: programId } = await client.programs.get(program);
        const path = flags.cache ?? insightPath(this.config.dataDir, org, program);
        using cache = await openInsight({ client, programId, path });
        const { plan, rows } = await refreshInsight(this.spinner, { client, cache, signal });
        const facts = await readProgramFacts(client, programId);
        const today = dayInZone(client.orgTime ?? Date.now(), cache.owner.zone);
        const { period = lastMonth(today), by, questions } = flags;
        const report = unheard(() => programReport(cache, facts, { period, by, ...questions, today }));
        if (today <= period.to) this.log(messages.getMessage('info.notOver', [period.to, today]));
        for (const table of reportTables(report)) this.#showTable(table);
        const page = flags.html ?? null;
        if (page !== null) {
          await replaceFile(page, reportPage(report, { program, today }));
          this.logSuccess(messages.getMessage('info.page', [page]));
        }
        const reading = { rows, calls: plan.calls };
        const result = ReportProgramResult.parse({ program, ...report, page, reading });
        return { result, exitCode: exitCodes.done };
      },
    );
  }

  #showTable({ title, columns, data, notes = [] }: ReportTable): void {
    this.table({ ...narrowTableLayout, title, columns, data });
    for (const line of notes.flatMap((note) => wrapped(note, ''))) this.log(line);
    if (notes.length > 0) this.log('');
  }
}

/** @throws {SfError} */
function parsePeriod(input: string): ReportPeriod {
  try {
    return readPeriod(input);
  } catch (error) {
    if (!(error instanceof BadPeriodError)) throw error;
    throw messages.createError('error.period', [input]);
  }
}
