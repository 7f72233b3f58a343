import { LoyaltyApiError, verdict } from '../client/index.js';
import type { TransactionJournalInput } from '../contract/endpoints/realtimeEndpoints.js';
import { createProgram, ProgramCreationError } from '../program/index.js';
import type { ProgramDefinitionInput } from '../program/index.js';
import type { ProbedOrg } from './probedOrg.js';
import type { Need, ProbeMember, ProbeNames, ProbeProgram } from './probeProgram.js';

/** Most calls that creating and deleting the program takes. */
export const programCalls = 110;

const points = 'Probe Points';

/** A program of that name already exists. Probes would change it. */
export class ProbeNameTakenError extends Error {
  override readonly name = 'ProbeNameTakenError';
  readonly actions = ['Give another name, or leave out --program-name to have one generated.'];

  constructor(program: string) {
    super(`The org already has a program "${program}", which the probes must not change. Nothing was written.`);
  }
}

/**
 * Creates the program.
 * @throws {ProbeNameTakenError}
 * @throws {ImpossiblePlanError} if the org cannot take a program
 * @throws {ProgramCreationError} if it refuses a part of it; what was made is in `org.created`
 */
export async function makeProbeProgram(org: ProbedOrg, name: string): Promise<ProbeProgram> {
  if (await org.client.programs.find(name)) throw new ProbeNameTakenError(name);
  const names = namesFor(org);
  const records = await createProgram(org.client, definitionOf(name, names)).then(
    (creation) => creation.records,
    (error: unknown) => {
      if (error instanceof ProgramCreationError) noted(org, error.records);
      throw error;
    },
  );
  noted(org, records);
  const ids = new Map(records.map(({ object, name: of, id }) => [`${object} ${of}`, id]));
  const id = ids.get(`LoyaltyProgram ${name}`) ?? '';
  const missing = new Map<Need, string>();
  const journalType = ids.get(`JournalType ${names.withProcess}`) ?? '';
  for (const [need, fields] of processes(names, journalType)) {
    const answer = await org.create('LoyaltyProgramProcess', { ...fields, LoyaltyProgramId: id });
    if (answer.status >= 300) missing.set(need, answer.code ?? `HTTP ${answer.status}`);
  }
  const members: ProbeMember[] = [];
  const program = { id, name, points, members, ids, names, missing };
  while (members.length < 2 && !missing.has('members')) {
    const member = await enroll(org, name).catch((error: unknown) => refusalOf(error, missing));
    if (member) members.push(member);
  }
  return program;
}

/** The records behind a member. Absent if the org does not create them. */
export interface ProbePerson {
  readonly accountId?: string | undefined;
  readonly contactId?: string | undefined;
}

/** Enrolls a person with the name Probe. */
export async function enroll(
  org: ProbedOrg,
  program: string,
  date = '2026-01-15T00:00:00',
): Promise<ProbeMember & { readonly person: ProbePerson }> {
  const number = org.unused('probe-member');
  const { loyaltyProgramMemberId: id, contactId } = await org.client.members.enroll(program, {
    membershipNumber: number,
    enrollmentDate: date,
    memberStatus: 'Active',
    associatedContactDetails: { lastName: 'Probe', allowDuplicateRecords: true },
  });
  const person = await notePerson(org, contactId ?? undefined);
  org.created.push({ object: 'LoyaltyProgramMember', id });
  return { id, number, person };
}

/**
 * Notes what must be deleted for a person. A person account is deleted with its contact, a contact without an account
 * alone.
 */
export async function notePerson(org: ProbedOrg, contactId: string | undefined): Promise<ProbePerson> {
  if (contactId === undefined) return {};
  const [row] = await org.rows(`SELECT Id, AccountId FROM Contact WHERE Id = '${contactId}'`);
  const { Id, AccountId: accountId } = row ?? {};
  // The enrollment returns Ids of 15 characters.
  const whole = typeof Id === 'string' ? Id : contactId;
  org.created.push({ object: 'Contact', id: whole });
  if (typeof accountId !== 'string') return { contactId: whole };
  org.created.push({ object: 'Account', id: accountId });
  return { accountId, contactId: whole };
}

/** Returns a purchase of the first member, under the journal type that has no process. */
export function purchase(program: ProbeProgram, more: Partial<TransactionJournalInput> = {}): TransactionJournalInput {
  return {
    ActivityDate: new Date().toISOString(),
    JournalTypeName: program.names.without,
    MembershipNumber: program.members[0]?.number ?? '',
    TransactionAmount: 5,
    ...more,
  };
}

function noted(org: ProbedOrg, records: readonly { object: string; id: string; status: string }[]): void {
  for (const { object, id, status } of records) if (status === 'created') org.created.push({ object, id });
}

function refusalOf(error: unknown, missing: Map<Need, string>): undefined {
  if (!(error instanceof LoyaltyApiError) || verdict(error).kind === 'stop') throw error;
  missing.set('members', error.errorCode ?? `HTTP ${error.status}`);
}

function namesFor(org: ProbedOrg): ProbeNames {
  return {
    withProcess: org.unused('Probe with process'),
    without: org.unused('Probe without process'),
    subtype: 'Probe subtype',
    counting: 'Probe counting',
    joining: 'Probe joining',
    credit: 'Probe credit',
    enroll: 'Probe enroll',
    optOut: 'Probe opt out',
  };
}

function definitionOf(name: string, names: ProbeNames): ProgramDefinitionInput {
  return {
    name,
    description: 'Made by "sf loyalty verify fidelity". Delete it.',
    tierGroups: [
      {
        name: 'Probe Status',
        period: { quantity: 1, unit: 'Years' },
        qualifyingPointsReset: { date: '2099-01-01' },
        tiers: [
          { name: 'Probe low', minimum: 0 },
          { name: 'Probe middle', minimum: 100 },
          { name: 'Probe high', minimum: 201 },
        ],
      },
    ],
    currencies: [
      { name: points, type: 'NonQualifying', primary: true, expiry: { model: 'Fixed', after: 2, unit: 'Years' } },
      { name: 'Probe Tier Points', type: 'Qualifying' },
    ],
    journalTypes: [{ name: names.withProcess, subtypes: [names.subtype] }, { name: names.without }],
    promotions: [
      { name: names.counting, type: 'Cumulative', startDate: '2026-01-01', target: 10 },
      { name: names.joining, type: 'Standard', startDate: '2026-01-01', enrollmentRequired: true },
    ],
  };
}

function processes(names: ProbeNames, journalType: string): [Need, Record<string, string>][] {
  const active = { ExecutionType: 'RealTime', Status: 'Active' };
  return [
    ['process', { ...active, Name: 'Probe journals', ProcessType: 'TransactionJournal', JournalTypeId: journalType }],
    ['credits', { ...active, Name: names.credit, ProcessType: 'CreditPointsToMembers' }],
    ['enrollment', { ...active, Name: names.enroll, ProcessType: 'EnrollInPromotion' }],
    ['enrollment', { ...active, Name: names.optOut, ProcessType: 'OptOutPromotion' }],
  ];
}
