import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { apiVersionFlag } from './apiVersionFlag.js';
import { percentagesFlag } from './percentagesFlag.js';
import { targetOrgFlag } from './targetOrg.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.flags');

/** Flags of every command that talks to an org. */
export const orgFlags = {
  'target-org': targetOrgFlag(),
  'api-version': apiVersionFlag(),
};

/** Rejects empty text, which is what an unset variable in a script leaves. @throws {SfError} */
async function filled(input: string): Promise<string> {
  if (input.trim() === '') throw messages.createError('error.empty');
  return input;
}

export const filledText = Flags.custom({ parse: filled });

/** Flags of every command that works in a program. */
export const programFlags = {
  ...orgFlags,
  program: filledText({
    char: 'p',
    summary: messages.getMessage('flags.program.summary'),
    description: messages.getMessage('flags.program.description'),
    env: 'SF_LOYALTY_PROGRAM',
  }),
};

export const memberFlag = Flags.custom({
  parse: filled,
  char: 'm',
  summary: messages.getMessage('flags.member.summary'),
  description: messages.getMessage('flags.member.description'),
});

export const keyFlag = filledText({
  summary: messages.getMessage('flags.key.summary'),
  description: messages.getMessage('flags.key.description'),
});

export const currencyFlag = filledText({ summary: messages.getMessage('flags.currency.summary') });

export const categoryFlag = filledText({ summary: messages.getMessage('flags.category.summary') });

/** Refuses the address of a shared outbox that cannot be one, before anything is asked. @throws {OutboxAddressError} */
async function outboxPlace(input: string): Promise<string> {
  const place = await filled(input);
  // Loaded only for a shared outbox.
  if (/^postgres(ql)?:/i.test(place)) (await import('./sync/checkOutboxPlace.js')).checkOutboxPlace(place);
  return place;
}

export const outboxAt = Flags.custom({ parse: outboxPlace });

export const outboxFlag = outboxAt({
  summary: messages.getMessage('flags.outbox.summary'),
  description: messages.getMessage('flags.outbox.description'),
});

/** How results files are written. */
export const resultsFormatFlag = Flags.option({
  summary: messages.getMessage('flags.results-format.summary'),
  description: messages.getMessage('flags.results-format.description'),
  options: ['csv', 'jsonl'] as const,
  default: 'csv' as const,
})();

/** Flags of the commands that deliver from an outbox. */
export const deliveryFlags = {
  outbox: outboxFlag,
  route: Flags.option({
    summary: messages.getMessage('flags.route.summary'),
    description: messages.getMessage('flags.route.description'),
    options: ['realtime', 'records', 'bulk', 'credit-points', 'progress'] as const,
    default: 'realtime' as const,
  })(),
  'batch-job': filledText({
    summary: messages.getMessage('flags.batch-job.summary'),
    description: messages.getMessage('flags.batch-job.description'),
  }),
  process: filledText({
    summary: messages.getMessage('flags.process.summary'),
    description: messages.getMessage('flags.process.description'),
  }),
  'batch-size': Flags.integer({
    summary: messages.getMessage('flags.batch-size.summary'),
    default: 200,
    min: 1,
    max: 1000,
  }),
  concurrency: Flags.integer({
    summary: messages.getMessage('flags.concurrency.summary'),
    default: 8,
    min: 1,
    max: 100,
  }),
  prefer: Flags.option({
    summary: messages.getMessage('flags.prefer.summary'),
    description: messages.getMessage('flags.prefer.description'),
    options: ['speed', 'calls'] as const,
  })(),
  'per-member': Flags.integer({
    summary: messages.getMessage('flags.per-member.summary'),
    description: messages.getMessage('flags.per-member.description'),
    default: 1,
    min: 1,
    max: 1000,
  }),
  // Numbers instead of `Flags.duration`, whose help could not be shown before the command is loaded.
  settle: Flags.integer({
    summary: messages.getMessage('flags.settle.summary'),
    description: messages.getMessage('flags.settle.description'),
    default: 720,
    min: 1,
  }),
  wait: Flags.integer({
    summary: messages.getMessage('flags.wait.summary'),
    min: 1,
  }),
  reserve: Flags.integer({
    summary: messages.getMessage('flags.reserve.summary'),
    default: 0,
    min: 0,
  }),
  'unknown-members': Flags.option({
    summary: messages.getMessage('flags.unknown-members.summary'),
    description: messages.getMessage('flags.unknown-members.description'),
    options: ['refuse', 'enroll', 'hold'] as const,
  })(),
  'unique-field': filledText({
    summary: messages.getMessage('flags.unique-field.summary'),
    description: messages.getMessage('flags.unique-field.description'),
  }),
  'take-over': Flags.boolean({
    summary: messages.getMessage('flags.take-over.summary'),
    description: messages.getMessage('flags.take-over.description'),
  }),
  'run-pending': Flags.boolean({
    summary: messages.getMessage('flags.run-pending.summary'),
    description: messages.getMessage('flags.run-pending.description'),
  }),
  'notify-progress': percentagesFlag({
    summary: messages.getMessage('flags.notify-progress.summary'),
    description: messages.getMessage('flags.notify-progress.description'),
  }),
  'fail-without-effect': Flags.boolean({
    summary: messages.getMessage('flags.fail-without-effect.summary'),
    description: messages.getMessage('flags.fail-without-effect.description'),
  }),
  'keep-payloads': Flags.boolean({
    summary: messages.getMessage('flags.keep-payloads.summary'),
    description: messages.getMessage('flags.keep-payloads.description'),
  }),
  'results-dir': Flags.directory({
    summary: messages.getMessage('flags.results-dir.summary'),
    description: messages.getMessage('flags.results-dir.description'),
  }),
  'results-format': resultsFormatFlag,
};

export const runFlag = filledText({ summary: messages.getMessage('flags.run.summary') });
