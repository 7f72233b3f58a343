import { expect } from 'chai';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

function matches(files: string, pattern: RegExp): string[] {
  return globSync(files, { cwd: root }).flatMap((file) =>
    [...readFileSync(join(root, file), 'utf8').matchAll(pattern)].map(([found]) => `${file}: ${found}`),
  );
}

describe('names of errors', () => {
  // The CLI's framework takes an error with "TypeError" in its name for a mistake of the code, and ends with 10.
  it('do not contain TypeError', () => {
    expect(matches('src/**/*.ts', /\bname = '\w*TypeError'/g)).to.deep.equal([]);
  });

  it('made of the keys of messages do not contain TypeError either', () => {
    expect(matches('messages/*.md', /^# error\.(?:\w*T|t)ype$/gm)).to.deep.equal([]);
  });
});
