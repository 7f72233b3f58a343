import '../../../cli/requireNode.js';
import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { definedValues } from '../../../base/definedValues.js';
import { mustTakeFile } from '../../../base/files/replaceFile.js';
import { filledText, programFlags } from '../../../cli/commonFlags.js';
import { exitCodes } from '../../../cli/errors/exitCodes.js';
import { inProgramReading } from '../../../cli/inProgram.js';
import { chosenSegment } from '../../../cli/insight/chosenSegment.js';
import { insightPath } from '../../../cli/insight/insightPath.js';
import { cacheFlag, refreshInsight } from '../../../cli/insight/refreshInsight.js';
import { segmentLines } from '../../../cli/insight/segmentLines.js';
import { listSegmentMembers } from '../../../cli/insight/segmentListing.js';
import { segmentMemberTable, segmentTable } from '../../../cli/insight/segmentTables.js';
import type { ListSegmentsResult } from '../../../cli/results/segmentResults.js';
import { SfCommand } from '../../../cli/sfCommand.js';
import { narrowTableLayout } from '../../../cli/terminal/tableLayout.js';
import { dateText } from '../../../cli/terminal/terminalText.js';
import {
  builtInSegments,
  computeFeatures,
  dayInZone,
  openInsight,
  readProgramFacts,
  readSegments,
  exportFormatOf,
  exportFormats,
  segmentReport,
  segmentsText,
  spendableCurrency,
  withBuiltIn,
} from '../../../insight/index.js';
import type { SegmentDefinition, SegmentReport } from '../../../insight/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.list.segments');
export type { ListSegmentsResult } from '../../../cli/results/segmentResults.js';

const summaryOf = (flag: string): string => messages.getMessage(`flags.${flag}.summary`);
const descriptionOf = (flag: string): string => messages.getMessage(`flags.${flag}.description`);

export default class ListSegments extends SfCommand<ListSegmentsResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');

  public static readonly flags = {
    ...programFlags,
    file: filledText({ char: 'f', summary: summaryOf('file'), description: descriptionOf('file') }),
    segment: filledText({ summary: summaryOf('segment') }),
    definitions: Flags.boolean({ summary: summaryOf('definitions') }),
    limit: Flags.integer({
      summary: summaryOf('limit'),
      description: descriptionOf('limit'),
      default: 50,
      min: 1,
      max: 50_000,
    }),
    contact: Flags.boolean({
      summary: summaryOf('contact'),
      description: descriptionOf('contact'),
      dependsOn: ['segment'],
    }),
    'contact-field': Flags.string({
      summary: summaryOf('contact-field'),
      description: descriptionOf('contact-field'),
      multiple: true,
      dependsOn: ['contact'],
    }),
    'only-consenting': Flags.boolean({ summary: summaryOf('only-consenting'), dependsOn: ['segment'] }),
    format: Flags.option({ summary: summaryOf('format'), options: exportFormats, dependsOn: ['output-file'] })(),
    'output-file': filledText({ summary: summaryOf('output-file'), dependsOn: ['segment'] }),
    cache: cacheFlag,
  };

  public async run(): Promise<ListSegmentsResult> {
    return inProgramReading(
      this,
      async () => {
        const { flags } = await this.parse(ListSegments);
        const segments = withBuiltIn(flags.file === undefined ? [] : await readSegments(flags.file));
        const chosen = flags.segment === undefined ? undefined : chosenSegment(segments, flags.segment);
        return { ...flags, segments, chosen };
      },
      async ({ client, program, org, flags, signal, unheard }) => {
        const { segments, chosen, contact: withContact, 'contact-field': contactFields = [], limit } = flags;
        const file = flags['output-file'];
        if (file !== undefined) await mustTakeFile(file);
        const { Id: programId } = await client.programs.get(program);
        using cache = await openInsight({
          client,
          programId,
          path: flags.cache ?? insightPath(this.config.dataDir, org, program),
        });
        const { plan, rows } = await refreshInsight(this.spinner, { client, cache, signal });
        const facts = await readProgramFacts(client, programId);
        const day = dayInZone(client.orgTime ?? Date.now(), cache.owner.zone);
        const windows = unheard(() => computeFeatures(cache, facts, { segments, today: day }));
        const report = unheard(() => segmentReport(cache, segments));
        const listing = { client, programId, cache, windows, withContact, contactFields };
        const { members, counts } = await listSegmentMembers(
          { ...listing, segment: chosen, onlyConsenting: flags['only-consenting'] },
          { limit, file, format: flags.format ?? exportFormatOf(file ?? ''), signal },
        );
        const result: ListSegmentsResult = {
          ...{ program, day, currency: spendableCurrency(facts)?.Name ?? null },
          ...{ all: report.all, records: report.segments.map(toRecord), members },
          ...{ ...definedValues({ file }), counts: { segments: segments.length, ...counts } },
          reading: { rows, calls: plan.calls },
        };
        if (chosen) this.#showMembers(result, chosen, withContact);
        else this.#showSegments(result, report);
        if (flags.definitions) this.#showDefinitions(chosen ? [chosen] : segments);
        return { result, exitCode: exitCodes.done };
      },
    );
  }

  #showSegments({ program, day }: ListSegmentsResult, report: SegmentReport): void {
    const title = messages.getMessage('info.title', [program, dateText(day)]);
    this.table({ ...narrowTableLayout, title, ...segmentTable(report) });
    this.log(messages.getMessage('info.perMember'));
    this.log(messages.getMessage('info.redeemed'));
  }

  #showMembers(result: ListSegmentsResult, { name, title }: SegmentDefinition, withContact: boolean): void {
    const { members } = result;
    if (members.length > 0) this.table({ ...narrowTableLayout, title, ...segmentMemberTable(members, withContact) });
    for (const line of segmentLines(result, name)) this.log(line);
  }

  /** As a file, to copy from. */
  #showDefinitions(segments: readonly SegmentDefinition[]): void {
    for (const line of segmentsText(segments).trimEnd().split('\n')) this.log(line);
  }
}

function toRecord({ segment, ...figures }: SegmentReport['segments'][number]): ListSegmentsResult['records'][number] {
  return { key: segment.name, isBuiltIn: builtInSegments.includes(segment), definition: segment, ...figures };
}
