import { Messages } from '@salesforce/core';
import { z } from 'zod';
import { commandLine } from '../../base/text/commandLine.js';
import { fileFormats } from '../../sync/index.js';
import type { Run } from '../../sync/index.js';
import type { OrgName } from '../orgName.js';
import { outboxFromAnywhere } from '../outboxPath.js';
import type { DeliveryWords } from './syncFlags.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.shared');

/** How a run watches. */
const WatchSettings = z.object({
  /** Ending of the markers in a watched folder; a watched file has none. */
  doneMarker: z.string().optional(),
  /** In seconds. */
  untilIdle: z.number().optional(),
});
export type WatchSettings = z.infer<typeof WatchSettings>;

const DeliverySettings = z.record(z.string(), z.union([z.string(), z.number(), z.literal(true)]));

/** The command of a run that takes transactions as they come, and its own flags. */
const TakingSettings = z.object({
  command: z.enum(['sync serve', 'sync worker']),
  flags: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]).optional()),
});

/** What a command stores with a run, so that `sync resume` can open the same feeds again. */
const SyncSettings = z.object({
  program: z.string(),
  source: z.string(),
  /** Absolute paths; `-` is standard input, which must be given again. */
  files: z.array(z.string()),
  /** Format of the files, if the start named it. */
  format: z.enum(fileFormats).optional(),
  /** How the run watches the one file or folder that it has. */
  watch: WatchSettings.optional(),
  /** How the run takes transactions. A run that reads files has none. */
  taking: TakingSettings.optional(),
  /** Flags with which the run delivers otherwise than usual. */
  delivery: DeliverySettings.optional(),
  /**
   * The mapping file as it was when the run started. Editing it must not change keys in the middle of a run. Both texts
   * are empty if it was started without one.
   */
  mapping: z.object({ name: z.string(), text: z.string() }),
});
type SyncSettings = z.infer<typeof SyncSettings>;

/** Returns the settings for resuming a run. @throws {SfError} for a run that other software has started */
export function storedSettings({ id, settings }: Run): SyncSettings {
  const { data } = SyncSettings.safeParse(settings);
  if (!data) throw messages.createError('error.foreignRun', [id]);
  return data;
}

/**
 * Returns the command that starts a run like this one. Unknown values are placeholders.
 * @param more flags that are not stored with a run
 */
export function startAgainCommand(
  { settings }: Pick<Run, 'settings'>,
  outbox: string,
  org: OrgName,
  more: { readonly 'dry-run'?: boolean } = {},
): string {
  const { data } = SyncSettings.safeParse(settings);
  if (data?.taking) return takeAgainCommand(data, data.taking, { outbox, org });
  const [file = null, ...others] = data?.files ?? [];
  return commandLine('sync start', {
    file: others.length === 0 ? file : null,
    format: data?.format,
    watch: data?.watch !== undefined,
    'done-marker': data?.watch?.doneMarker,
    'watch-until-idle': data?.watch?.untilIdle,
    map: data?.mapping.name || null,
    // With another source every key would be another one.
    source: data?.source,
    program: data?.program,
    outbox: outboxFromAnywhere(outbox),
    ...data?.delivery,
    ...more,
    'target-org': org,
  });
}

function takeAgainCommand(
  { mapping, source, program, delivery }: SyncSettings,
  { command, flags }: z.infer<typeof TakingSettings>,
  { outbox, org }: { readonly outbox: string; readonly org: OrgName },
): string {
  return commandLine(command, {
    map: mapping.name || undefined,
    ...{ source, program },
    outbox: outboxFromAnywhere(outbox),
    ...delivery,
    ...flags,
    'target-org': org,
  });
}

/** Returns what to do about transactions that are wrong themselves. Undefined for a run that reads feeds. */
export function correctionOf({ settings }: Pick<Run, 'settings'>, outbox: string, org: OrgName): string | undefined {
  const { data } = SyncSettings.safeParse(settings);
  if (data?.taking === undefined) return undefined;
  if (data.taking.command === 'sync serve')
    return messages.getMessage('correct.push', [takeAgainCommand(data, data.taking, { outbox, org })]);
  const { program, mapping } = data;
  const words = { 'intake-only': true, file: null, map: mapping.name || null, program, outbox, 'target-org': org };
  return messages.getMessage('correct.handIn', [commandLine('sync start', words)]);
}

/** Returns the flags with which a run delivers otherwise than usual, as its start stored them. */
export function storedDelivery({ settings }: Pick<Run, 'settings'>): DeliveryWords {
  return DeliverySettings.safeParse(settings['delivery']).data ?? {};
}

/** Returns the program of a run, started by this plugin or by middleware. */
export function programOf({ settings }: Run): string {
  return String(settings['program']);
}

/** Returns what a run without feeds stores, so that it can be resumed like any other run. */
export function settingsWithoutFeeds({ settings }: Run): Record<string, unknown> {
  const mapping = SyncSettings.shape.mapping.safeParse(settings['mapping']).data ?? { name: '', text: '' };
  // Whoever corrects what was refused hands it in where it came from.
  const taking = TakingSettings.safeParse(settings['taking']).data;
  return { source: settings['source'] ?? '', files: [], mapping, taking };
}
