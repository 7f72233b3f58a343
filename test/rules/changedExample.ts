import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const exampleRules = join(import.meta.dirname, '../../examples/rules');

const setup = 'loyaltyProgramSetups/Harbour_Rewards.loyaltyProgramSetup-meta.xml';

/** A copy of the example's rules in which one text after a certain place is another. `await using` removes it. */
export class ChangedExample implements AsyncDisposable {
  private constructor(readonly folder: string) {}

  static async with({ after, from, to }: Readonly<Record<'after' | 'from' | 'to', string>>): Promise<ChangedExample> {
    const folder = await mkdtemp(join(tmpdir(), 'loyalty-changed-'));
    await cp(exampleRules, folder, { recursive: true });
    const rules = await readFile(join(folder, setup), 'utf8');
    const place = rules.indexOf(from, rules.indexOf(after));
    if (!rules.includes(after) || place < 0)
      throw new Error(`The rules of the example have no ${from} after ${after}.`);
    await writeFile(join(folder, setup), rules.slice(0, place) + to + rules.slice(place + from.length));
    return new ChangedExample(folder);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.folder, { recursive: true });
  }
}
