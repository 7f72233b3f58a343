/** A loyalty program as code. */
export { ProgramCreationError } from './creationError.js';
export { createExample, exampleOrg } from './createExample.js';
export type { Example, ExampleOptions } from './createExample.js';
export { createProgram } from './createProgram.js';
export type { ProgramClient, ProgramCreation } from './createProgram.js';
export { DefinitionError } from './definition/definitionError.js';
export type { PlacedIssue } from './definition/definitionError.js';
export { ProgramDefinition } from './definition/programDefinition.js';
export type { ProgramDefinitionInput } from './definition/programDefinition.js';
export { readDefinition } from './definition/readDefinition.js';
export type { ReadDefinition } from './definition/readDefinition.js';
export { writeDefinition } from './definition/writeDefinition.js';
export { generateFeed } from './feed/generateFeed.js';
export { generateMembers } from './feed/generateMembers.js';
export type { FeedOptions, MembersOptions } from './feed/feedOptions.js';
export { harbourRewards } from './harbourRewards.js';
export type { EnsuredRecord } from './records/programRecord.js';
