import { z } from 'zod';
import { DocumentError } from '../../base/files/documentError.js';
import { DocumentText } from '../../base/files/documentText.js';
import type { Path } from '../../base/files/documentText.js';
import { pathText } from '../../base/shapes/pathText.js';
import { shapeIssues } from '../../base/shapes/shapeIssues.js';
import { compareValues } from '../engine/compareValues.js';
import type { FlowHandler } from '../engine/outsideRules.js';
import type { RulePlace } from '../programRules.js';
import type { RulesReading } from '../source/rulesReading.js';
import { suggestion } from '../source/suggestion.js';
import type { RuleValue } from '../ruleValue.js';
import type { OutsideUse } from './outsideUses.js';
import { ruleValues } from './flowValues.js';

const Scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const Values = z.record(z.string(), Scalar);
const FlowAnswers = z.strictObject({
  answers: z.array(z.strictObject({ when: Values, outputs: Values })).default([]),
  default: Values.optional(),
});
type FlowAnswers = z.infer<typeof FlowAnswers>;
const FlowsFile = z.record(z.string(), FlowAnswers);

/** The canned answers of one file, by the name of the flow in lower case. */
export type FlowsOfFile = ReadonlyMap<string, { readonly handler: FlowHandler; readonly place: RulePlace }>;

/** Reads a file of canned answers. Mistakes are noted, also names that no action of the rules has. */
export function readFlowAnswers(
  text: string,
  uses: ReadonlyMap<string, readonly OutsideUse[]>,
  reading: RulesReading,
): FlowsOfFile {
  const document = documentOf(text, reading);
  if (!document) return new Map();
  const placeOf = (path: Path): RulePlace => ({ file: reading.file, line: document.place(path).line });
  const value = document.value();
  const parsed = FlowsFile.safeParse(value);
  if (!parsed.success) {
    for (const { path, message } of shapeIssues(parsed.error.issues, value, FlowsFile))
      reading.fail(placeOf(path), `${pathText(path) || 'the file'}: ${message}`);
    return new Map();
  }
  const flows = Object.entries(parsed.data).map(([name, answers]) => {
    checkNames({ name, answers }, uses.get(name.toLowerCase()) ?? [], (path, message) =>
      reading.fail(placeOf(path), message),
    );
    return [name.toLowerCase(), { handler: answering(answers), place: placeOf([name]) }] as const;
  });
  return new Map(flows);
}

function documentOf(text: string, reading: RulesReading): DocumentText | undefined {
  try {
    return new DocumentText(text);
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    reading.fail({ file: reading.file, line: error.line }, `the file ${error.message}`);
    return undefined;
  }
}

/** The first answer whose inputs all match, or the default. */
function answering({ answers, default: otherwise }: FlowAnswers): FlowHandler {
  const known = answers.map(({ when, outputs }) => ({ when: [...ruleValues(when)], outputs: ruleValues(outputs) }));
  const last = otherwise && ruleValues(otherwise);
  return (inputs) => {
    const given = new Map([...inputs].map(([name, value]) => [name.toLowerCase(), value]));
    const isMatch = ([name, value]: readonly [string, RuleValue]): boolean =>
      compareValues(given.get(name.toLowerCase()) ?? null, 'Equals', value);
    return known.find(({ when }) => when.every(isMatch))?.outputs ?? last;
  };
}

/** A misspelled name would silently never match, or leave a variable blank. */
function checkNames(
  { name: flow, answers }: { readonly name: string; readonly answers: FlowAnswers },
  uses: readonly OutsideUse[],
  fail: (path: Path, message: string) => void,
): void {
  if (uses.length === 0) return;
  const inputs = uses.flatMap(({ action }) => action.inputs.map(({ name }) => name));
  const outputs = uses.flatMap(({ action }) => action.outputs.map(({ name }) => name));
  const check = (path: Path, values: object, kind: 'input' | 'output'): void => {
    const known = kind === 'input' ? inputs : outputs;
    for (const name of Object.keys(values))
      if (!known.some((each) => each.toLowerCase() === name.toLowerCase()))
        fail([...path, name], `no action has the ${kind} "${name}" of the flow ${flow}${suggestion(name, known)}`);
  };
  for (const [index, { when, outputs: given }] of answers.answers.entries()) {
    check([flow, 'answers', index, 'when'], when, 'input');
    check([flow, 'answers', index, 'outputs'], given, 'output');
  }
  check([flow, 'default'], answers.default ?? {}, 'output');
}
