import { expect } from 'chai';
import { PrintableSpinner } from '../../src/cli/terminal/printableSpinner.js';

describe('The step in progress, in a log', () => {
  it('is a line when it begins, at most one every five seconds, and one when it ends', () => {
    const lines = logged((spinner, pass) => {
      spinner.start('Writing the program "Club"');
      for (let count = 1; count <= 4; count += 1) {
        spinner.status = `${count} of 4`;
        pass(3000);
      }
      expect(spinner.status).to.equal('4 of 4');
      spinner.stop();
      spinner.stop('late');
    });
    expect(lines).to.deep.equal([
      'Writing the program "Club"...',
      'Writing the program "Club"... 3 of 4',
      'Writing the program "Club"... done',
    ]);
  });

  it('cannot be used to control a terminal, and is not in JSON', () => {
    const work = (spinner: PrintableSpinner): void => {
      spinner.start('Reading \u001b[2J');
      spinner.stop();
    };
    expect(logged(work)).to.deep.equal([String.raw`Reading \x1b[2J...`, String.raw`Reading \x1b[2J... done`]);
    expect(logged(work, false)).to.deep.equal([]);
  });
});

/** Returns the lines that a spinner writes. `pass` lets time pass. */
function logged(
  work: (spinner: PrintableSpinner, pass: (milliseconds: number) => void) => void,
  isEnabled = true,
): string[] {
  const { stderr } = process;
  const write = stderr.write.bind(stderr);
  const { now } = Date;
  let text = '';
  let passed = 0;
  stderr.write = (chunk: string | Uint8Array): boolean => {
    text += String(chunk);
    return true;
  };
  Date.now = () => now() + passed;
  try {
    work(new PrintableSpinner(isEnabled, true), (milliseconds) => (passed += milliseconds));
  } finally {
    stderr.write = write;
    Date.now = now;
  }
  return text.split('\n').filter(Boolean);
}
