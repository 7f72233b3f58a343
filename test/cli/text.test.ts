import { execFileSync } from 'node:child_process';
import { expect } from 'chai';
import { bar, wrapped } from '../../src/cli/terminal/terminalText.js';
import { typeScriptArgs } from '../support/typeScriptArgs.js';

describe('text for a terminal', () => {
  it('has a shorter bar in a narrow window, so that it fits one line of its table', () => {
    expect(bar(75, 100)).to.equal('███████████████░░░░░');
    expect(bar(75, 80)).to.equal('████████░░');
  });

  it('breaks sentences where the window ends', () => {
    const sentence = 'Member is empty, so the row belongs to no member';
    expect(wrapped(sentence, '  ', 30)).to.deep.equal(['  Member is empty, so the row', '    belongs to no member']);
  });

  it('has one format for numbers, in tables and in sentences, whatever the language of the reader', () => {
    const texts = ['cli/terminal/terminalText', 'base/text/counted'].map((name) => `../../src/${name}.ts`);
    const [terminal, counted] = texts.map((name) => new URL(name, import.meta.url).href);
    const code =
      `import { countText } from ${JSON.stringify(terminal)}; import { counted } from ${JSON.stringify(counted)};` +
      "console.log(countText(1250.5), counted(1250.5, 'point'));";
    const args = [...typeScriptArgs, '--input-type=module', '--eval', code];
    const shown = execFileSync(process.execPath, args, {
      encoding: 'utf8',
      env: { ...process.env, LC_ALL: 'de_DE.UTF-8' },
    });
    expect(shown.trim()).to.equal('1,250.5 1,250.5 points');
  });
});
