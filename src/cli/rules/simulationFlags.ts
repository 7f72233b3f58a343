import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { noPromptFlag } from '../askFirst.js';
import { filledText } from '../commonFlags.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.simulate.transactions');

const inFile = { dependsOn: ['source', 'file', 'map'] };

/** The transactions of a file, run through the rules of a source folder. */
export const simulationFlags = {
  source: Flags.directory({
    exists: true,
    summary: messages.getMessage('flags.source.summary'),
    description: messages.getMessage('flags.source.description'),
    dependsOn: ['file', 'map'],
    exclusive: ['target-org', 'api-version'],
  }),
  file: Flags.string({
    char: 'f',
    summary: messages.getMessage('flags.file.summary'),
    description: messages.getMessage('flags.file.description'),
    multiple: true,
    dependsOn: ['source', 'map'],
  }),
  map: Flags.file({
    exists: true,
    summary: messages.getMessage('flags.map.summary'),
    dependsOn: ['source', 'file'],
  }),
  format: Flags.option({
    options: ['csv', 'ndjson', 'json'] as const,
    summary: messages.getMessage('flags.format.summary'),
    ...inFile,
  })(),
  definition: filledText({
    summary: messages.getMessage('flags.definition.summary'),
    description: messages.getMessage('flags.definition.description'),
    ...inFile,
  }),
  'batch-size': Flags.integer({
    summary: messages.getMessage('flags.batch-size.summary'),
    description: messages.getMessage('flags.batch-size.description'),
    min: 1,
    max: 1000,
    ...inFile,
  }),
  'answer-flows-empty': Flags.boolean({
    summary: messages.getMessage('flags.answer-flows-empty.summary'),
    description: messages.getMessage('flags.answer-flows-empty.description'),
    ...inFile,
  }),
  limit: Flags.integer({ summary: messages.getMessage('flags.limit.summary'), min: 1, ...inFile }),
  'why-not': filledText({
    summary: messages.getMessage('flags.why-not.summary'),
    description: messages.getMessage('flags.why-not.description'),
    ...inFile,
  }),
  diff: Flags.directory({
    exists: true,
    summary: messages.getMessage('flags.diff.summary'),
    description: messages.getMessage('flags.diff.description'),
    ...inFile,
    exclusive: ['why-not', 'save'],
  }),
  'diff-definition': filledText({
    summary: messages.getMessage('flags.diff-definition.summary'),
    dependsOn: ['diff', 'definition'],
  }),
  save: filledText({
    summary: messages.getMessage('flags.save.summary'),
    description: messages.getMessage('flags.save.description'),
    dependsOn: [...inFile.dependsOn, 'definition'],
  }),
  'no-prompt': noPromptFlag,
};
