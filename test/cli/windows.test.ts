import { expect } from 'chai';
import fc from 'fast-check';
import { programFileName } from '../../src/cli/outboxPath.js';
import { aborted } from '../../src/base/aborted.js';
import { Shutdown } from '../../src/cli/shutdown.js';

/** Checks a file name against the naming rules of Windows, and against the limit of 255 bytes of every system. */
function expectToBeFileName(name: string): void {
  expect(name).to.not.match(/[<>:"/\\|?*\p{Cc}]/u);
  expect(name).to.not.match(/[. ]$/);
  expect(name).to.not.match(/^(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])(\.|$)/i);
  expect(Buffer.byteLength(name)).to.be.within(1, 255);
}

describe('on Windows', () => {
  for (const program of [
    'CON',
    'nul',
    'Com1',
    'LPT¹',
    'a:b',
    'Stars.',
    'Stars ',
    '...',
    'C:\\x',
    '../../x',
    'A/B',
    'x\0y',
    '',
  ]) {
    it(`the outbox of a program has a valid name: ${JSON.stringify(program)}`, () => {
      expectToBeFileName(`${programFileName(program)}.sqlite`);
    });
  }

  it('the outbox of a program has a valid name, whatever the program is called', () => {
    const names = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.string({ unit: 'grapheme', minLength: 80, maxLength: 255 }),
    );
    fc.assert(fc.property(names, (program) => expectToBeFileName(`${programFileName(program)}.sqlite-wal`)));
  });

  it('long names of programs stay distinct, and other names are not changed', () => {
    const [one, two] = ['一', '二'].map((end) => programFileName('会'.repeat(200) + end));
    expect(one).to.not.equal(two);
    expect(programFileName('Harbour Rewards')).to.equal('harbour-rewards');
  });

  it('Ctrl-Break ends a command cleanly', async () => {
    using shutdown = new Shutdown();
    process.emit('SIGBREAK');
    await aborted(shutdown.signal);
    expect(shutdown.signal.aborted).to.be.true;
  });
});
