import { Messages } from '@salesforce/core';
import { commandLine } from '../../base/text/commandLine.js';
import { namesText } from '../../base/text/namesText.js';
import type { JobDefinitionRow, LoyaltyClient } from '../../client/index.js';
import { fittedInputs } from '../givenInputs.js';
import type { GivenInputs } from '../givenInputs.js';
import type { OrgName } from '../orgName.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.jobs');

const actions = { batch: 'batchJobAction', calculation: 'dataProcessingEngineAction' } as const;

/** A definition as a person names it. */
interface WantedDefinition {
  readonly kind: JobDefinitionRow['kind'];
  readonly name: string;
}

/**
 * Returns the name of an active definition as the org spells it.
 * @throws {SfError} with those that the org has
 */
export async function chosenDefinition(
  client: LoyaltyClient,
  { kind, name }: WantedDefinition,
  org: OrgName,
): Promise<string> {
  const ofKind = (await client.batchJobs.definitions()).filter((each) => each.kind === kind);
  const found = ofKind.find((each) => each.name.toLowerCase() === name.toLowerCase());
  if (found) return found.name;
  const names = namesText(ofKind.map((each) => each.name));
  const known = names ? messages.getMessage('info.has', [names]) : messages.getMessage('info.hasNone');
  const list = commandLine('list jobs', { 'target-org': org });
  throw messages.createError('error.unknownDefinition', [messages.getMessage(`word.${kind}`), name, known], [list]);
}

/** Returns the inputs as the org describes them. @throws {SfError} for one that it does not describe */
export async function definitionInputs(
  client: LoyaltyClient,
  { kind, name }: WantedDefinition,
  given: GivenInputs,
): Promise<GivenInputs> {
  if (Object.keys(given).length === 0) return given;
  const described = await client.actions.find(`${actions[kind]}/${name}`);
  return described ? fittedInputs(described, given) : given;
}
