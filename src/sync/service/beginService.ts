import type { MemberProgressOptions } from '../memberProgress/memberProgressOptions.js';
import { failureReason } from '../runEndings.js';
import { runLive } from '../startSync.js';
import type { SyncReport } from '../syncReport.js';
import { EventReaders } from './eventReaders.js';
import { LiveFlow } from './liveFlow.js';
import { ServiceClosedError, ServiceStoppedError } from './serviceErrors.js';
import { serviceDefaults } from './serviceOptions.js';
import type { ServiceOptions } from './serviceOptions.js';

/** A run that goes on in the background. */
export interface Begun {
  readonly flow: LiveFlow;
  readonly run: string;
  readonly ended: Promise<SyncReport>;
  readonly events: EventReaders;
}

/** Begins a run in the background. Resolves when it has begun. */
export async function beginService(options: ServiceOptions): Promise<Begun> {
  const { flushAfter = serviceDefaults.flushAfter, mostEvents = serviceDefaults.mostEvents } = options;
  const begun = Promise.withResolvers<{ flow: LiveFlow; run: string }>();
  const events = new EventReaders(mostEvents);
  let flow: LiveFlow | undefined;
  const ended = runLive(
    withEvents(options, events, (open) => (flow ? (flow.open = open) : undefined)),
    (flowOptions) => {
      flow = new LiveFlow({ ...flowOptions, flushAfter, mapping: options.mapping });
      begun.resolve({ flow, run: flowOptions.run });
      return flow;
    },
  );
  ended.then(
    (report) => {
      flow?.close(closedBy(report));
      events.end({
        type: 'stopped',
        ending: report.ending === 'running' ? 'failed' : report.ending,
        reason: report.stopped,
      });
    },
    (error: unknown) => {
      begun.reject(error);
      const reason = failureReason(error);
      flow?.close(new ServiceStoppedError(reason));
      events.end({ type: 'stopped', ending: 'failed', reason });
    },
  );
  return { ...(await begun.promise), ended, events };
}

/** The same options, whose watchers also tell the readers of events. */
function withEvents(options: ServiceOptions, events: EventReaders, onOpen: (open: number) => void): ServiceOptions {
  return {
    ...options,
    memberProgress: options.memberProgress && toldProgress(options.memberProgress, events),
    onProgress: (progress) => {
      onOpen(progress.open);
      if (!events.isEmpty) events.tell({ type: 'progress', progress });
      options.onProgress?.(progress);
    },
    onOutcome: (outcomes) => {
      if (!events.isEmpty) for (const { is, ...rest } of outcomes) events.tell({ type: is, ...rest });
      options.onOutcome?.(outcomes);
    },
  };
}

/** A threshold whose handler is called again is not told again. */
function toldProgress(options: MemberProgressOptions, events: EventReaders): MemberProgressOptions {
  const told = new Set<string>();
  return {
    ...options,
    onProgress: (changed) => {
      if (!events.isEmpty) for (const each of changed) events.tell({ type: 'memberProgress', ...each });
      options.onProgress?.(changed);
    },
    onThreshold: async (crossed) => {
      if (!told.has(crossed.id)) events.tell({ type: 'threshold', ...crossed });
      told.add(crossed.id);
      await options.onThreshold?.(crossed);
      told.delete(crossed.id);
    },
  };
}

function closedBy({ stopped }: SyncReport): ServiceClosedError | ServiceStoppedError {
  return stopped ? new ServiceStoppedError(stopped) : new ServiceClosedError('The service has ended.');
}
