import type { SObjectDefinition } from '../../../contract/sobject.js';
import type { Org } from '../../org.js';
import { componentKey } from '../components/metadataComponent.js';
import type { ComponentMap, ComponentName, MetadataComponent } from '../components/metadataComponent.js';
import { isSchemaType } from '../schema/orgSchema.js';
import { decisionTableType, programSetupType } from '../components/typeNames.js';
import { ProgramSetups } from '../schema/programSetups.js';
import type { ComponentChange } from './componentChange.js';
import { failureAt } from './deployMessage.js';
import type { ComponentMessage, PackagePlace } from './deployMessage.js';

/** A component that a deploy changes or deletes, and that rules may use. */
interface Touched {
  readonly name: ComponentName;
  readonly place: PackagePlace;
}

interface BrokenRulesContext {
  readonly org: Org;
  /** Components that the org has. */
  readonly current: ComponentMap;
  /** Objects that it will have. */
  readonly definitions: readonly SObjectDefinition[];
}

/**
 * Returns why objects, fields and decision tables cannot be changed or deleted like this: rules that are not deployed
 * with them use them. Rules that lack something already do not count.
 */
export async function brokenRules(change: ComponentChange, context: BrokenRulesContext): Promise<ComponentMessage[]> {
  const touched = touchedParts(change);
  const setups = [...change.components.values()].filter((each) => isLeftAsItIs(each, change));
  if (touched.length === 0 || setups.length === 0) return [];
  const { org, current, definitions } = context;
  const before = new ProgramSetups(org, org.store.model.definitions, current);
  const after = new ProgramSetups(org, definitions, change.components);
  const failures: ComponentMessage[] = [];
  for (const setup of setups) {
    const known = new Set((await before.problemsOf(setup)).map(({ message }) => message));
    const [problem] = (await after.problemsOf(setup)).filter(({ message }) => !known.has(message));
    if (problem === undefined) continue;
    const line = problem.line === undefined ? '' : ` (line ${problem.line})`;
    const message = `The rules of ${setup.fullName}${line} use this: ${problem.message}`;
    const guilty = touched.filter(({ name }) => problem.message.includes(shortName(name)));
    for (const { name, place } of guilty.length > 0 ? guilty : touched) {
      failures.push({ name, message: failureAt(place, message) });
    }
  }
  return failures;
}

function touchedParts({ deployed, deleted }: ComponentChange): Touched[] {
  const changed = deployed
    .filter(({ state }) => state !== 'unchanged')
    .map(({ component, place }) => ({ name: component, place }));
  const gone = deleted.map(({ type, fullName, place }) => {
    return { name: { type, fullName }, place: { ...place, componentType: type, fullName } };
  });
  return [...changed, ...gone].filter(({ name: { type } }) => isSchemaType(type) || type === decisionTableType);
}

/** Rules that are deployed, too, are checked for themselves. */
function isLeftAsItIs(component: MetadataComponent, { deployed }: ComponentChange): boolean {
  const key = componentKey(component);
  return component.type === programSetupType && !deployed.some((each) => componentKey(each.component) === key);
}

function shortName({ fullName }: ComponentName): string {
  return fullName.slice(fullName.lastIndexOf('.') + 1);
}
