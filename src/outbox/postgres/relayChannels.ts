import type { DatabaseOutbox } from './databaseOutbox.js';

/** The channel on which the process that delivers hears of answers. */
export function answersChannel({ id }: Pick<DatabaseOutbox, 'id'>): string {
  return `loyalty_answers_${id}`;
}

/** The channel on which a standby hears of requests. */
export function requestsChannel(standby: string): string {
  return `loyalty_requests_${standby.replaceAll('-', '')}`;
}
