import '../../../cli/requireNode.js';
import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { concludeUnlessInterrupted } from '../../../cli/concludeCommand.js';
import { exitCodes } from '../../../cli/errors/exitCodes.js';
import type { EmulatorStopResult } from '../../../cli/results/emulatorResults.js';
import { SfCommand } from '../../../cli/sfCommand.js';
import { stopEmulator } from '../../../emulator/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.emulator.stop');
export type { EmulatorStopResult } from '../../../cli/results/emulatorResults.js';

export default class EmulatorStop extends SfCommand<EmulatorStopResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');

  public static readonly flags = {
    port: Flags.integer({ summary: messages.getMessage('flags.port.summary'), default: 8366, min: 1, max: 65_535 }),
    url: Flags.string({ summary: messages.getMessage('flags.url.summary'), exclusive: ['port'] }),
  };

  public async run(): Promise<EmulatorStopResult> {
    return concludeUnlessInterrupted(this, async () => {
      const { flags } = await this.parse(EmulatorStop);
      const url = flags.url ?? `http://127.0.0.1:${flags.port}`;
      const { pid } = await stopEmulator(url);
      this.logSuccess(messages.getMessage('info.stopped', [url, pid]));
      return { result: { url, pid }, exitCode: exitCodes.done };
    });
  }
}
