import { Messages } from '@salesforce/core';
import type { WhyNot } from '../../rules/index.js';
import { countText, wrapped } from '../terminal/terminalText.js';
import { conditionLines, reasonText } from './ruleWords.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.rules');

/** Why a promotion gave nothing: the reason, and the first condition that is not met with the values it saw. */
export function whyNotLines(why: WhyNot, indent: string): string[] {
  const { promotion, code, rule, condition, logic, criteria, failure } = why;
  if (code === 'gave') return wrapped(messages.getMessage('info.whyGave', [promotion, rule ?? '']), indent);
  const inner = `${indent}  `;
  const told = code === 'notLetIn' ? (rule ?? '') : withoutEnd(failure ?? '');
  const title = messages.getMessage('info.whyNot', [promotion, reasonText(code, told), code]);
  return [
    ...wrapped(title, indent),
    ...(rule === null || code === 'notLetIn' ? [] : wrapped(messages.getMessage('info.whyNotRule', [rule]), inner)),
    ...(condition === null
      ? []
      : conditionLines({ step: condition, logic: logic ?? '', criteria, isMet: code === 'otherConditionMet' }, inner)),
  ];
}

function withoutEnd(sentence: string): string {
  return sentence.replace(/\.$/, '');
}

/** How often each reason was given. */
export function whyNotCountLines(
  promotion: string | undefined,
  records: ReadonlyArray<{ readonly whyNot?: WhyNot | null | undefined }>,
): string[] {
  if (promotion === undefined) return [];
  const codes = Map.groupBy(
    records.flatMap(({ whyNot }) => whyNot?.code ?? []),
    (code) => code,
  );
  const counts = [...codes]
    .toSorted(([, one], [, other]) => other.length - one.length)
    .map(([code, all]) => messages.getMessage('info.whyNotCount', [countText(all.length), code]));
  return wrapped(messages.getMessage('info.whyNotCounts', [promotion, counts.join(', ')]), '');
}
