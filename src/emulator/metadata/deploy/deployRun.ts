import type { SObjectDefinition } from '../../../contract/sobject.js';
import type { LoadedRules } from '../../loyalty/rules/loadedRules.js';
import type { Org } from '../../org.js';
import { toRecordId } from '../../store/ids/idSequence.js';
import { componentKey } from '../components/metadataComponent.js';
import type { MetadataComponent } from '../components/metadataComponent.js';
import { newStamp } from '../components/orgComponents.js';
import { OrgInventory } from '../components/orgInventory.js';
import type { OrgMetadata } from '../components/orgMetadata.js';
import { isRulesType, ProgramSetups } from '../schema/programSetups.js';
import { applyChange, ComponentRefusal } from './applyChange.js';
import { checkChange } from './checkChange.js';
import { componentChange } from './componentChange.js';
import type { ComponentChange } from './componentChange.js';
import { successAt } from './deployMessage.js';
import type { ComponentMessage, DeployMessage } from './deployMessage.js';
import type { DeployPackage } from './deployPackage.js';
import { inOrgSpelling } from './orgSpelling.js';
import type { PackagedComponent } from './packagedComponents.js';

/** Options of a deploy, as far as they mean something here. */
export interface DeployOptions {
  readonly checkOnly: boolean;
  readonly ignoreWarnings: boolean;
  readonly rollbackOnError: boolean;
}

export interface DeployOutcome {
  readonly status: 'Failed' | 'Succeeded' | 'SucceededPartial';
  readonly failures: readonly DeployMessage[];
  readonly successes: readonly DeployMessage[];
}

/** What a deploy works with. */
export interface DeployTarget extends OrgMetadata {
  readonly userId: string;
}

/**
 * Deploys packages. What is wrong with a component fails the deploy, or only the component if the deploy does not roll
 * back. Then everything is checked again without it, because others may need it.
 */
export async function runDeploy(
  packages: readonly DeployPackage[],
  options: DeployOptions,
  target: DeployTarget,
): Promise<DeployOutcome> {
  const failures = packages.flatMap((each) => [...each.failures]);
  const rejected = new Set<string>();
  for (;;) {
    const change = changeOf(packages, rejected, target);
    const { found, isApplied } = await attempt(change, { ...options, mayApply: failures.length === 0 }, target);
    failures.push(...found.map(({ message }) => message));
    if (isApplied) return outcome(change, failures, packages);
    if (found.length === 0 || options.rollbackOnError) return { status: 'Failed', failures, successes: [] };
    for (const { name } of found) rejected.add(componentKey(name));
  }
}

async function attempt(
  change: ComponentChange,
  { mayApply, ...options }: DeployOptions & { readonly mayApply: boolean },
  target: DeployTarget,
): Promise<{ readonly found: readonly ComponentMessage[]; readonly isApplied: boolean }> {
  const { org, components } = target;
  const { failures, definitions } = await checkChange(change, target);
  if (failures.length > 0) return { found: failures, isApplied: false };
  if (change.warnings.length > 0 && !options.ignoreWarnings) return { found: asFailures(change), isApplied: false };
  if (!mayApply && options.rollbackOnError) return { found: [], isApplied: false };
  const rules = await rulesAfter(change, org, definitions);
  try {
    applyChange(change, { org, definitions, checkOnly: options.checkOnly });
  } catch (error) {
    if (!(error instanceof ComponentRefusal)) throw error;
    return { found: [error.failure], isApplied: false };
  }
  if (!options.checkOnly) {
    components.replace(change.components);
    org.rules = rules;
    // A table that is deployed and activated has the records of that time.
    org.refreshedTables.clear();
  }
  return { found: [], isApplied: true };
}

/** Rules change only with a deploy that has some. */
async function rulesAfter(
  { components, deployed, deleted }: ComponentChange,
  org: Org,
  definitions: readonly SObjectDefinition[],
): Promise<LoadedRules | undefined> {
  const touched = [...deployed.map(({ component }) => component), ...deleted];
  if (!touched.some(({ type }) => isRulesType(type))) return org.rules;
  return new ProgramSetups(org, definitions, components).loaded();
}

/** Warnings fail a deploy that does not ignore them. */
function asFailures({ warnings }: ComponentChange): ComponentMessage[] {
  return warnings.map(({ name, message }) => ({ name, message: { ...message, success: false } }));
}

function changeOf(
  packages: readonly DeployPackage[],
  rejected: ReadonlySet<string>,
  target: DeployTarget,
): ComponentChange {
  const { org, components, types, userId } = target;
  const inventory = new OrgInventory(target);
  const stamped = (packaged: PackagedComponent, known: MetadataComponent | undefined): MetadataComponent => {
    const { type, fullName, files } = packaged;
    const first = known ?? inventory.get(packaged);
    const fresh = newStamp(first?.id ?? newId(type, org), userId, org.clock.now());
    const stamp = first ? { ...fresh, createdDate: first.createdDate, createdById: first.createdById } : fresh;
    return { type, fullName, files, ...stamp };
  };
  const named = inOrgSpelling(packages, { components: components.all, model: org.store.model });
  return componentChange(components.all, named, { types, inventory, rejected, stamped });
}

/** Key prefixes of the Tooling API, for the types that the local org uses. */
const prefixes: Readonly<Record<string, string>> = {
  CustomField: '00N',
  CustomObject: '01I',
  GlobalValueSet: '0Nt',
};

function newId(type: string, org: Org): string {
  const prefix = prefixes[type];
  return prefix === undefined ? '' : toRecordId(prefix, org.componentTable.nextNumber());
}

function outcome(
  { deployed, deleted, warnings }: ComponentChange,
  failures: readonly DeployMessage[],
  packages: readonly DeployPackage[],
): DeployOutcome {
  const manifests = packages.map(({ manifestPath }) => {
    return successAt({ componentType: '', fullName: 'package.xml', fileName: manifestPath }, { changed: true });
  });
  const successes = [
    ...deployed.map(({ component, place, state }) => {
      const id = component.id === '' ? {} : { id: component.id };
      return successAt(place, { created: state === 'created', changed: state !== 'unchanged', ...id });
    }),
    ...deleted.map(({ type, fullName, place }) => {
      return successAt({ ...place, componentType: type, fullName }, { deleted: true, changed: true });
    }),
    ...warnings.map(({ message }) => message),
    ...manifests,
  ];
  if (failures.length === 0) return { status: 'Succeeded', failures, successes };
  const isNothing = deployed.length + deleted.length === 0;
  return { status: isNothing ? 'Failed' : 'SucceededPartial', failures, successes: isNothing ? [] : successes };
}
