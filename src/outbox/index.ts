export * from './errors.js';
export * from './outbox.js';
export { SqliteOutbox } from './sqlite/sqliteOutbox.js';
