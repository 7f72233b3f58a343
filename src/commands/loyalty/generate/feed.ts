import '../../../cli/requireNode.js';
import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { definedValues } from '../../../base/definedValues.js';
import { filledText } from '../../../cli/commonFlags.js';
import { concludeCommand } from '../../../cli/concludeCommand.js';
import { calendarDayFlag } from '../../../cli/dayFlag.js';
import { exitCodes } from '../../../cli/errors/exitCodes.js';
import { requireDifferentFiles, usageError, withinRange } from '../../../cli/feedFlags.js';
import { feedFileLines, generatedFeedLines } from '../../../cli/generatedFeedLines.js';
import { printLines, writeLines } from '../../../cli/generatedFile.js';
import type { GenerateFeedResult } from '../../../cli/results/feedResults.js';
import { SfCommand } from '../../../cli/sfCommand.js';
import { shareFlag } from '../../../cli/shareFlag.js';
import {
  feedFormats,
  memberSkews,
  readDefinition,
  transactionFeed,
  FeedCounter,
  truthHeader,
  truthLine,
} from '../../../program/index.js';
import type { TransactionFeed } from '../../../program/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.generate.feed');
export type { GenerateFeedResult } from '../../../cli/results/feedResults.js';

/** How many members are made up if there are no others. */
const defaultMembers = 200;

const summaryOf = (flag: string): string => messages.getMessage(`flags.${flag}.summary`);

export default class GenerateFeed extends SfCommand<GenerateFeedResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');

  public static readonly flags = {
    definition: filledText({
      summary: summaryOf('definition'),
      description: messages.getMessage('flags.definition.description'),
    }),
    members: Flags.integer({ summary: summaryOf('members'), min: 1 }),
    rows: Flags.integer({ summary: summaryOf('rows'), default: 1000, min: 0 }),
    seed: Flags.integer({ summary: summaryOf('seed'), default: 1, min: -(2 ** 31), max: 2 ** 31 - 1 }),
    'first-day': calendarDayFlag({ summary: summaryOf('first-day'), default: '2026-09-01' }),
    days: Flags.integer({ summary: summaryOf('days'), default: 30, min: 1, max: 36_525 }),
    skew: Flags.option({
      options: memberSkews,
      default: 'usual' as const,
      summary: summaryOf('skew'),
      description: messages.getMessage('flags.skew.description'),
    })(),
    returns: shareFlag({ summary: summaryOf('returns'), default: 0.05 }),
    duplicates: shareFlag({ summary: summaryOf('duplicates'), default: 0 }),
    late: shareFlag({ summary: summaryOf('late'), default: 0.02 }),
    bad: shareFlag({
      summary: summaryOf('bad'),
      description: messages.getMessage('flags.bad.description'),
      default: 0,
    }),
    source: filledText({ summary: summaryOf('source') }),
    format: Flags.option({ options: feedFormats, summary: summaryOf('format') })(),
    'output-file': filledText({ char: 'f', summary: summaryOf('output-file') }),
    'members-file': filledText({ summary: summaryOf('members-file') }),
    'map-file': filledText({ summary: summaryOf('map-file') }),
    'answers-file': filledText({
      summary: summaryOf('answers-file'),
      description: messages.getMessage('flags.answers-file.description'),
    }),
  };

  public async run(): Promise<GenerateFeedResult> {
    return concludeCommand(this, async (signal) => {
      const { flags } = await this.parse(GenerateFeed);
      const {
        'output-file': file,
        'members-file': membersFile,
        'map-file': mapFile,
        'answers-file': answersFile,
      } = flags;
      if (this.jsonEnabled() && file === undefined) throw usageError(messages.createError('error.jsonNeedsFile'));
      requireDifferentFiles(flags);
      const format = flags.format ?? (/\.(ndjson|jsonl)$/i.test(file ?? '') ? 'ndjson' : 'csv');
      const definition =
        flags.definition === undefined ? undefined : (await readDefinition(flags.definition)).definition;
      const members = flags.members ?? (definition?.members.length ? undefined : defaultMembers);
      const options = { ...flags, definition, members, firstDay: flags['first-day'], format };
      const feed = withinRange(() => transactionFeed(options));
      if (mapFile !== undefined) await writeLines(mapFile, [feed.mapping], signal);
      if (membersFile !== undefined) await writeLines(membersFile, feed.memberLines(), signal);
      if (answersFile !== undefined) await writeLines(answersFile, answersOf(feed), signal);
      const counter = new FeedCounter();
      const lines = linesOf(feed, counter);
      const isComplete = await (file === undefined ? printLines(lines, signal) : writeLines(file, lines, signal));
      const counts = { ...counter.counts, members: feed.memberCount };
      const result = { ...definedValues({ file, membersFile, mapFile, answersFile }), format, counts };
      if (isComplete) this.#show(result, definition?.name);
      return { result, exitCode: exitCodes.done };
    });
  }

  /** Beside a feed on standard output, the summary goes to standard error. */
  #show(result: GenerateFeedResult, program: string | undefined): void {
    for (const line of [...generatedFeedLines(result), ...feedFileLines(result, program)]) {
      if (result.file === undefined) this.logToStderr(line);
      else this.log(line);
    }
  }
}

function* linesOf(feed: TransactionFeed, counter: FeedCounter): Generator<string> {
  yield feed.header;
  for (const { text, truth } of feed.rows()) {
    counter.add(truth);
    yield text;
  }
}

function* answersOf(feed: TransactionFeed): Generator<string> {
  yield truthHeader();
  for (const { truth } of feed.rows()) yield truthLine(truth);
}
