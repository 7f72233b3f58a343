import '../../../cli/requireNode.js';
import { Args } from '@oclif/core';
import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { explained } from '../../../cli/errors/actionableErrors.js';
import type { EmulatorSaveResult } from '../../../cli/results/emulatorResults.js';
import { SfCommand } from '../../../cli/sfCommand.js';
import { saveSnapshot } from '../../../emulator/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.emulator.save');
export type { EmulatorSaveResult } from '../../../cli/results/emulatorResults.js';

export default class EmulatorSave extends SfCommand<EmulatorSaveResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');

  public static readonly args = {
    file: Args.file({ required: true, description: messages.getMessage('args.file.description') }),
  };

  public static readonly flags = {
    port: Flags.integer({ summary: messages.getMessage('flags.port.summary'), default: 8366, min: 1, max: 65_535 }),
    url: Flags.string({ summary: messages.getMessage('flags.url.summary'), exclusive: ['port'] }),
  };

  public async run(): Promise<EmulatorSaveResult> {
    const { args, flags } = await this.parse(EmulatorSave);
    return explained(this, async () => {
      const { file } = args;
      const url = flags.url ?? `http://127.0.0.1:${flags.port}`;
      const bytes = await saveSnapshot(url, file);
      this.logSuccess(messages.getMessage('info.saved', [url, file, Math.ceil(bytes / 1024)]));
      return { url, file, bytes };
    });
  }
}
