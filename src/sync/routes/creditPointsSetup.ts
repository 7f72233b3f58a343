import type { LoyaltyClient, ProcessRow } from '../../client/index.js';
import { creditPointsToMembers } from '../../contract/templates/pointsTemplates.js';
import { RouteSetupError } from './routeSetupError.js';

const { type } = creditPointsToMembers;

/** The name that the process has if nobody has given it another one. */
export const defaultProcess: string = type;

/** Checks that the org has the process that credits points. @throws {RouteSetupError} */
export async function checkCreditPointsSetup(
  client: LoyaltyClient,
  program: string,
  name = defaultProcess,
): Promise<void> {
  const processes = await client.processes.list(program, type);
  const found = processes.find((each) => each.Name.toLowerCase() === name.toLowerCase());
  if (found?.Status === 'Active') return checkPointsInput(client, program, found);
  const active = processes.filter(({ Status }) => Status === 'Active').map((each) => each.Name);
  const state = found ? `is ${found.Status ?? 'not active'}` : 'does not exist';
  throw new RouteSetupError(`The process "${name}" of type ${type} ${state} in the program ${program}.`, [
    active.length > 0
      ? `Name one with --process: ${active.join(', ')}.`
      : `Create one from the template of this type in Setup, and activate it with its rule.`,
  ]);
}

/** A copy of the template may take other inputs. If the user sees none, nobody knows. */
async function checkPointsInput(
  client: LoyaltyClient,
  program: string,
  { Id: id, Name: name }: Pick<ProcessRow, 'Id' | 'Name'>,
): Promise<void> {
  const inputs = (await client.processes.parameters(program)).filter(
    (each) => each.LoyaltyProgramProcessId === id && each.IsInput === true,
  );
  if (inputs.length === 0 || inputs.some((each) => each.Name === 'PointsToCredit')) return;
  const names = inputs.map((each) => each.Name).join(', ');
  throw new RouteSetupError(`The process "${name}" has no input PointsToCredit. It has: ${names}.`, [
    'Name another process with --process.',
  ]);
}
