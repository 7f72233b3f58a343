import '../../../cli/requireNode.js';
import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { definedValues } from '../../../base/definedValues.js';
import { filledText } from '../../../cli/commonFlags.js';
import { concludeCommand } from '../../../cli/concludeCommand.js';
import { exitCodes } from '../../../cli/errors/exitCodes.js';
import { printLines, writeLines } from '../../../cli/generatedFile.js';
import type { SyncMapResult } from '../../../cli/sync/syncMapResult.js';
import { SfCommand } from '../../../cli/sfCommand.js';
import { draftLines } from '../../../cli/sync/draftLines.js';
import { checkedFeed, checkedZone, sourceOfFile } from '../../../cli/sync/draftOptions.js';
import { draftForFeed, fileFormats, formatOf, isDatabaseAddress, parseDatabaseAddress } from '../../../sync/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.sync.map');
export type { SyncMapResult } from '../../../cli/sync/syncMapResult.js';

const summaryOf = (flag: string): string => messages.getMessage(`flags.${flag}.summary`);

export default class SyncMap extends SfCommand<SyncMapResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');

  public static readonly flags = {
    file: Flags.string({
      char: 'f',
      summary: summaryOf('file'),
      required: true,
      parse: async (name) => checkedFeed(name),
    }),
    table: filledText({ summary: summaryOf('table'), description: messages.getMessage('flags.table.description') }),
    format: Flags.option({ options: fileFormats, summary: summaryOf('format') })(),
    source: filledText({ summary: summaryOf('source'), description: messages.getMessage('flags.source.description') }),
    zone: filledText({ summary: summaryOf('zone') }),
    rows: Flags.integer({ summary: summaryOf('rows'), default: 1000, min: 1, max: 100_000 }),
    'output-file': filledText({ char: 'o', summary: summaryOf('output-file') }),
  };

  public async run(): Promise<SyncMapResult> {
    return concludeCommand(this, async (signal) => {
      const { flags } = await this.parse(SyncMap);
      const { file, rows, 'output-file': output } = flags;
      const isDatabase = isDatabaseAddress(file);
      if (isDatabase) parseDatabaseAddress(file);
      const format = isDatabase ? 'ndjson' : (flags.format ?? formatOf(file));
      const source = flags.source ?? sourceOfFile(flags.table ?? file);
      const zone = checkedZone(flags.zone);
      const draft = await draftForFeed(file, { source, format: flags.format, rows, zone, table: flags.table });
      const { text: mapping, assumed, open, rows: tried, rejected } = draft;
      const result = {
        ...definedValues({ file: output }),
        ...{ format, mapping, assumed: [...assumed], open: [...open], rows: tried, rejected },
        rejections: draft.rejections.map(({ reason, line, message }) => ({ reason, line, message })),
      };
      if (await this.#write(mapping, output, signal))
        for (const line of draftLines(result, { feed: file, output })) this.#tell(line, output === undefined);
      return { result, exitCode: open.length === 0 ? exitCodes.done : exitCodes.attention };
    });
  }

  /** Returns false if the reader of standard output has gone. */
  async #write(mapping: string, output: string | undefined, signal: AbortSignal): Promise<boolean> {
    if (output !== undefined) return writeLines(output, [mapping], signal);
    return this.jsonEnabled() || printLines([mapping], signal);
  }

  /** Beside a mapping on standard output, the rest goes to standard error. */
  #tell(line: string, isBeside: boolean): void {
    if (isBeside) this.logToStderr(line);
    else this.log(line);
  }
}
