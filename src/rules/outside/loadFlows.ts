import type { FlowHandler } from '../engine/outsideRules.js';
import type { RuleIssue } from '../programRules.js';
import { RulesReading } from '../source/rulesReading.js';
import { suggestion } from '../source/suggestion.js';
import type { FlowsOfFile } from './flowAnswers.js';
import { textOfFile } from './outsideFiles.js';
import type { OutsideFiles } from './outsideFiles.js';
import type { OutsideUse } from './outsideUses.js';
import { flowValues, ruleValues } from './flowValues.js';
import type { FlowValue, FlowValues } from './flowValues.js';

/** A flow in code. It gets its inputs and returns its outputs, by name; nothing if it has no answer. */
export type FlowFunction = (inputs: Readonly<Record<string, FlowValue>>) => FlowValues | undefined;

/** Flows in code, by name. They go before canned answers. */
export type FlowFunctions = Readonly<Record<string, FlowFunction>>;

type Uses = ReadonlyMap<string, readonly OutsideUse[]>;

/** Returns the flows of code and files, by their names in lower case, and notes mistakes. */
export async function loadFlows(
  { functions, uses }: { readonly functions: FlowFunctions; readonly uses: Uses },
  files: readonly OutsideFiles[],
  issues: RuleIssue[],
): Promise<ReadonlyMap<string, FlowHandler>> {
  const canned = new Map<string, FlowsOfFile extends ReadonlyMap<string, infer Flow> ? Flow : never>();
  for (const file of files.flatMap(({ flows }) => flows))
    for (const [name, flow] of await flowsOfFile(file, uses, issues)) {
      const other = canned.get(name);
      const message = `the flow "${name}" is already in ${other?.place.file ?? ''}:${other?.place.line ?? 0}`;
      if (other) issues.push({ place: flow.place, message });
      canned.set(name, flow);
    }
  const inCode = Object.entries(functions).map(([name, run]) => [name.toLowerCase(), inRules(run)] as const);
  return new Map([...[...canned].map(([name, { handler }]) => [name, handler] as const), ...inCode]);
}

/** Returns the actions whose flow nothing answers for. */
export function unansweredFlows(uses: Uses, flows: ReadonlyMap<string, unknown>): RuleIssue[] {
  return [...uses].flatMap(([key, actions]) =>
    flows.has(key)
      ? []
      : actions.map(({ name, action }) => ({
          place: action.place,
          message: `nothing answers for the flow "${name}"${suggestion(name, [...flows.keys()])}`,
        })),
  );
}

async function flowsOfFile(file: string, uses: Uses, issues: RuleIssue[]): Promise<FlowsOfFile> {
  const text = await textOfFile(file, issues);
  if (text === undefined) return new Map();
  const { readFlowAnswers } = await import('./flowAnswers.js');
  const reading = new RulesReading(file);
  const flows = readFlowAnswers(text, uses, reading);
  issues.push(...reading.errors);
  return flows;
}

function inRules(run: FlowFunction): FlowHandler {
  return (inputs) => {
    const outputs = run(flowValues(inputs));
    return outputs && ruleValues(outputs);
  };
}
