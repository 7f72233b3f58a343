export { compileQuery } from './compile.js';
export type { CompiledQuery } from './compile.js';
export type { QueryContext, SoqlSchema } from './context.js';
export { SoqlError } from './errors.js';
export type { ChildRows, SObjectRow } from './answer/row.js';
export { maxPageSize, runQuery } from './run.js';
export type { QueryResult } from './run.js';
