export { compileQuery } from './compileQuery.js';
export type { CompiledQuery } from './compileQuery.js';
export type { QueryContext, SoqlSchema } from './compilation.js';
export { parseSoql } from './parseSoql.js';
export { requiredFilters } from './requiredFilters.js';
export { blankLiterals, SoqlError } from './soqlErrors.js';
export type { ChildRows, AnswerRow } from './answer/answerRow.js';
export { maxPageSize, runQuery } from './runQuery.js';
export type { QueryResult } from './answer/childPages.js';
