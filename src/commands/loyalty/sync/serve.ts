import '../../../cli/requireNode.js';
import { Messages } from '@salesforce/core';
import { resolve } from 'node:path';
import { Flags } from '@salesforce/sf-plugins-core';
import { chooseProgram } from '../../../cli/chooseProgram.js';
import { deliveryFlags, filledText, programFlags } from '../../../cli/commonFlags.js';
import { concludeCommand } from '../../../cli/concludeCommand.js';
import { outboxPath } from '../../../cli/outboxPath.js';
import { SfCommand } from '../../../cli/sfCommand.js';
import { arrivalFlags } from '../../../cli/sync/arrivalFlags.js';
import { deliverRun } from '../../../cli/sync/deliverRun.js';
import { doorAccess, doorWords, usualDoor } from '../../../cli/sync/doorAccess.js';
import { openRunOutbox } from '../../../cli/sync/openRunOutbox.js';
import { claimFolder } from '../../../cli/sync/resultsFolder.js';
import type { HandInResult } from '../../../cli/sync/handInResult.js';
import { correctionOf, startAgainCommand } from '../../../cli/sync/runSettings.js';
import { serveDoor } from '../../../cli/sync/serveDoor.js';
import { isShared, serveInbox } from '../../../cli/sync/serveInbox.js';
import { ServeStages } from '../../../cli/sync/serveStages.js';
import { deliveryWords } from '../../../cli/sync/syncFlags.js';
import type { SyncResult } from '../../../cli/sync/syncResult.js';
import { checkDoorOptions } from '../../../door/index.js';
import { loadMapping } from '../../../sync/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.sync.serve');
export type { HandInResult } from '../../../cli/sync/handInResult.js';
export type { SyncResult } from '../../../cli/sync/syncResult.js';

export default class SyncServe extends SfCommand<SyncResult | HandInResult> {
  public static readonly summary = messages.getMessage('summary');
  public static readonly description = messages.getMessage('description');
  public static readonly examples = messages.getMessages('examples');

  public static readonly flags = {
    ...programFlags,
    ...deliveryFlags,
    ...arrivalFlags({
      summary: messages.getMessage('flags.map.summary'),
      description: messages.getMessage('flags.map.description'),
    }),
    host: filledText({
      summary: messages.getMessage('flags.host.summary'),
      description: messages.getMessage('flags.host.description'),
      default: usualDoor.host,
    }),
    port: Flags.integer({
      summary: messages.getMessage('flags.port.summary'),
      default: usualDoor.port,
      min: 0,
      max: 65_535,
    }),
    'token-env': filledText({
      summary: messages.getMessage('flags.token-env.summary'),
      description: messages.getMessage('flags.token-env.description'),
      multiple: true,
      exclusive: ['hmac-env'],
    }),
    'hmac-env': filledText({
      summary: messages.getMessage('flags.hmac-env.summary'),
      description: messages.getMessage('flags.hmac-env.description'),
      multiple: true,
    }),
    verbose: Flags.boolean({ summary: messages.getMessage('flags.verbose.summary') }),
  };

  public async run(): Promise<SyncResult | HandInResult> {
    return concludeCommand<SyncResult | HandInResult>(this, async (signal) => {
      const { flags } = await this.parse(SyncServe);
      const access = doorAccess(flags);
      checkDoorOptions({ host: flags.host, access });
      const mapping = flags.map === undefined ? undefined : await loadMapping(flags.map, { source: flags.source });
      const source = mapping?.source ?? flags.source ?? '';
      const door = { host: flags.host, port: flags.port, access, ...this.#watchers(flags.verbose) };
      if (isShared(flags)) return serveInbox(this, { flags, source, mapping, door, signal });
      await claimFolder(flags['results-dir']);
      return deliverRun(this, { flags, signal }, async (asking) => {
        const program = await chooseProgram(asking, flags.program, this);
        const path = flags.outbox ?? outboxPath(this.config.dataDir, flags['target-org'], program);
        const delivery = deliveryWords(flags);
        const kept = { name: flags.map === undefined ? '' : resolve(flags.map), text: mapping?.text ?? '' };
        const taking = { command: 'sync serve', flags: doorWords(flags) } as const;
        const settings = { program, source, files: [], delivery, mapping: kept, taking };
        const own = { program, source, mapping, settings, emptyOutbox: flags['empty-outbox'] };
        return {
          startAgain: startAgainCommand({ settings }, path, this.orgName),
          correction: correctionOf({ settings }, path, this.orgName),
          outbox: await openRunOutbox(this, path, { keepPayloads: flags['keep-payloads'] }),
          stages: new ServeStages((line) => this.log(line), 'pushed'),
          deliver: ({ signal: _none, ...options }) =>
            serveDoor({
              service: { ...options, ...own, flushAfter: flags['flush-after'] },
              ...{ door, signal },
              onOpen: (url) => this.logAnyway(messages.getMessage('info.listens', [url])),
              onDrain: () => this.log(messages.getMessage('info.drains')),
            }),
        };
      });
    });
  }

  #watchers(verbose: boolean): Pick<Parameters<typeof serveDoor>[0]['door'], 'onAnswer' | 'onError'> {
    return {
      onAnswer: ({ method, path, status, milliseconds }) => {
        if (verbose) this.log(`${method} ${path} ${status} ${milliseconds.toFixed(1)} ms`);
      },
      onError: ({ name }) => void this.warn(messages.getMessage('warning.failed', [name])),
    };
  }
}
