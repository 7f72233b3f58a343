import diagnosticsChannel from 'node:diagnostics_channel';
import { shortText } from '../../base/text/shortText.js';
import type { HttpMethod } from './connection.js';

/** A request of the client that has ended. It has no values, tokens or bodies, so it can be logged and counted. */
export interface CallEvent {
  readonly method: HttpMethod;
  /** Path below `/services/data/vNN.0`, with the names of its values: `/loyalty-programs/{program}/members`. */
  readonly resource: string;
  /** HTTP status. Undefined if no answer came. */
  readonly status: number | undefined;
  /** From the call until the end of the answer. */
  readonly milliseconds: number;
  /** API calls that the org has left for these 24 hours. Undefined if the answer does not say. */
  readonly callsLeft: number | undefined;
}

/** Name of the channel of `node:diagnostics_channel` on which each {@link CallEvent} is published. */
export const requestChannel = 'sf-plugin-loyalty.request';

const channel = diagnosticsChannel.channel(requestChannel);

/**
 * Tells those who watch. An error of a watcher is only a warning of the process: the call has been made, and its result
 * stays what it is.
 */
export function announceRequest(event: CallEvent, onRequest: ((event: CallEvent) => void) | undefined): void {
  channel.publish(event);
  try {
    onRequest?.(event);
  } catch (error) {
    process.emitWarning(`onRequest failed: ${shortText(String(error))}`);
  }
}
