import '../../../cli/requireNode.js';
import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { explained } from '../../../cli/errors/actionableErrors.js';
import { filledText, outboxFlag, programFlags } from '../../../cli/commonFlags.js';
import { orgClient } from '../../../cli/orgClient.js';
import { outboxPath } from '../../../cli/outboxPath.js';
import { chooseProgram } from '../../../cli/chooseProgram.js';
import { SfCommand } from '../../../cli/sfCommand.js';
import type { SyncForgetResult } from '../../../cli/sync/forgetResult.js';
import { resultsFolder } from '../../../cli/sync/resultsFolder.js';
import { SqliteOutbox } from '../../../sync/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.sync.forget');
export type { SyncForgetResult } from '../../../cli/sync/forgetResult.js';

/** Milliseconds to wait for an answer. */
const patience = 60_000;

export default class SyncForget extends SfCommand<SyncForgetResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');

  public static readonly flags = {
    ...programFlags,
    member: filledText({ char: 'm', summary: messages.getMessage('flags.member.summary'), required: true }),
    outbox: outboxFlag,
    'no-prompt': Flags.boolean({ summary: messages.getMessage('flags.no-prompt.summary') }),
  };

  public async run(): Promise<SyncForgetResult> {
    const { flags } = await this.parse(SyncForget);
    const { 'target-org': org, member } = flags;
    return explained(this, async () => {
      const client = await orgClient(flags);
      const path =
        flags.outbox ?? outboxPath(this.config.dataDir, org, await chooseProgram(client, flags.program, this));
      await using outbox = await SqliteOutbox.openExisting(path);
      if (!flags['no-prompt'] && !(await this.#mayErase(member, outbox.name))) {
        this.log(messages.getMessage('info.kept'));
        return { outbox: outbox.name, member, forgotten: false, transactions: 0 };
      }
      using lock = await outbox.lock();
      const transactions = await outbox.forget(member);
      this.log(messages.getMessage(transactions === 0 ? 'info.nothing' : 'info.done', [member, transactions]));
      this.log(messages.getMessage('info.results', [resultsFolder(outbox.name, '', undefined)]));
      return { outbox: outbox.name, member, forgotten: true, transactions };
    });
  }

  /** Asks for confirmation. @throws {SfError} if nobody can answer */
  async #mayErase(member: string, outbox: string): Promise<boolean> {
    if (this.jsonEnabled() || !process.stdin.isTTY) throw messages.createError('error.nobodyToAsk');
    return this.confirm({ message: messages.getMessage('prompt.erase', [member, outbox]), ms: patience });
  }
}
