import { join } from 'node:path';
import { LoyaltyClient } from 'sf-plugin-loyalty';
import { Emulator } from 'sf-plugin-loyalty/emulator';
import { createProgram, readDefinition } from 'sf-plugin-loyalty/program';
import { say, whole } from './processes.js';
import { benchRealProgram } from './realProgramRules.js';

const folder = join(import.meta.dirname, '../examples/rules');
const members = 200;
const requests = 50;
const rounds = 4;

/**
 * Measures how many journals a second go through the rules of the example program, 200 members in a request, one request
 * after the other, with all that they do kept in the org. The rounds alternate with the built-in rules. Then those of
 * a real program, if there is one. Needs a build in lib/.
 */
export async function benchRules(): Promise<void> {
  say('\nJournals through the rules of a program');
  await using loaded = await exampleOrg(folder);
  await using builtIn = await exampleOrg();
  for (let round = 1; round <= rounds; round += 1) {
    const own = loaded.journalsPerSecond();
    const beside = await builtIn.executedPerSecond();
    const first = loaded.explainedPerSecond();
    say(
      `  round ${round}: ${whole(own)} journals/s through its own rules, ${whole(first)} simulated, ` +
        `${whole(beside)} through the built-in ones by HTTP`,
    );
  }
  await benchRealProgram();
}

class ExampleOrg implements AsyncDisposable {
  readonly #org: Emulator;
  readonly #client: LoyaltyClient;
  readonly #program: string;

  constructor(org: Emulator, client: LoyaltyClient, program: string) {
    this.#org = org;
    this.#client = client;
    this.#program = program;
  }

  journalsPerSecond(): number {
    return perSecond(() => this.#explain(true));
  }

  explainedPerSecond(): number {
    return perSecond(() => this.#explain(false));
  }

  async executedPerSecond(): Promise<number> {
    const began = performance.now();
    for (let request = 0; request < requests; request += 1)
      await this.#client.journals.execute(this.#program, purchases());
    return (requests * members) / ((performance.now() - began) / 1000);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#org.stop();
  }

  #explain(keeps: boolean): void {
    const { failure } = this.#org.explain(this.#program, purchases(), keeps);
    if (failure !== undefined) throw new Error(failure);
  }
}

function perSecond(explain: () => void): number {
  const began = performance.now();
  for (let request = 0; request < requests; request += 1) explain();
  return (requests * members) / ((performance.now() - began) / 1000);
}

async function exampleOrg(source?: string): Promise<ExampleOrg> {
  const { definition } = await readDefinition(join(folder, 'program.yml'));
  const org = await Emulator.start(source === undefined ? {} : { source });
  const client = await LoyaltyClient.connect({ instanceUrl: org.url, clientId: 'bench', clientSecret: 'none' });
  await createProgram(client, definition);
  for (let index = 0; index < members; index += 1) {
    await client.members.enroll(definition.name, {
      ...{ membershipNumber: numberOf(index), enrollmentDate: '2026-01-01T00:00:00Z', memberStatus: 'Active' },
      associatedContactDetails: { firstName: 'Ines', lastName: 'Okafor', email: `ines${index}@example.com` },
    });
  }
  return new ExampleOrg(org, client, definition.name);
}

function purchases() {
  return Array.from({ length: members }, (_, index) => ({
    ...{ MembershipNumber: numberOf(index), JournalTypeName: 'Accrual', JournalSubTypeName: 'Purchase' },
    ...{ ActivityDate: new Date().toISOString(), TransactionAmount: (index % 90) / 2 },
  }));
}

function numberOf(index: number): string {
  return `HR-${index + 1}`;
}
