export { LeaseView } from './leaseView.js';
export { PostgresLog } from './postgresLog.js';
export { SharedOutbox } from './sharedOutbox.js';
export { PostgresInbox } from './postgresInbox.js';
export { OfferedRequests } from './offeredRequests.js';
