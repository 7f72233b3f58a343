export * from './outbox.js';
export { SqliteOutbox } from './sqlite/sqliteOutbox.js';
