import { Messages } from '@salesforce/core';
import type {
  ExplainedAction,
  ExplainedCondition,
  ExplainedProcess,
  ExplainedRule,
  ExplainedStep,
} from '../../rules/index.js';
import { wrapped } from '../terminal/terminalText.js';
import { conditionLines, reasonText, valueText } from './ruleWords.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.rules');

/** What a process did for a journal, as a tree: what is further to the right happened because of what is above it. */
export function explainedLines({ process, barredBy, rules }: ExplainedProcess, indent = ''): string[] {
  if (process === null) return wrapped(messages.getMessage('info.noProcess'), indent);
  const inner = `${indent}  `;
  return [
    ...wrapped(messages.getMessage('info.process', [process]), indent),
    ...(barredBy ? barredLines(barredBy, inner) : []),
    ...rules.flatMap((rule) => ruleLines(rule, inner)),
  ];
}

function barredLines({ rule, steps }: ExplainedRule, indent: string): string[] {
  return [
    ...wrapped(messages.getMessage('info.barred', [rule]), indent),
    ...steps.flatMap((step) => stepLines(step, `${indent}  `)),
  ];
}

function ruleLines({ rule, promotion, skipped, steps }: ExplainedRule, indent: string): string[] {
  const title =
    promotion === null
      ? messages.getMessage('info.rule', [rule])
      : messages.getMessage('info.ruleOfPromotion', [rule, promotion]);
  const inner = `${indent}  `;
  if (skipped !== null) {
    const why = messages.getMessage('info.ruleSkipped', [reasonText(skipped), skipped]);
    return [...wrapped(title, indent), ...wrapped(why, inner)];
  }
  return [...wrapped(title, indent), ...steps.flatMap((step) => stepLines(step, inner))];
}

function stepLines(step: ExplainedStep, indent: string): string[] {
  switch (step.kind) {
    case 'action':
      return actionLines(step, indent);
    case 'condition':
      return branchLines(step, indent);
    case 'group':
      return [
        ...wrapped(messages.getMessage('info.group', [step.step]), indent),
        ...step.conditions.flatMap((condition) => branchLines(condition, `${indent}  `)),
      ];
  }
}

function branchLines(condition: ExplainedCondition, indent: string): string[] {
  const { step, steps, failure } = condition;
  if (failure !== null) return wrapped(messages.getMessage('info.failed', [step, failure]), indent);
  return [...conditionLines(condition, indent), ...steps.flatMap((each) => stepLines(each, `${indent}  `))];
}

function actionLines({ step, assigned, change, note, failure, process }: ExplainedAction, indent: string): string[] {
  const values = Object.entries(assigned).map(([name, value]) =>
    messages.getMessage('info.assignedValue', [name, valueText(value)]),
  );
  const done = [...(change === null ? [] : [change]), ...values];
  const told = done.length > 0 ? done.join(', ') : messages.getMessage('info.nothingChanged');
  const line =
    failure === null
      ? messages.getMessage('info.action', [step, told])
      : messages.getMessage('info.failed', [step, failure]);
  return [
    ...wrapped(line, indent),
    ...(note === null ? [] : wrapped(note, `${indent}  `)),
    ...(process ? explainedLines(process, `${indent}  `) : []),
  ];
}
