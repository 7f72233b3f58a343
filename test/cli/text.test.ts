import { expect } from 'chai';
import { bar, wrapped } from '../../src/cli/terminal/terminalText.js';

describe('text for a terminal', () => {
  it('has a shorter bar in a narrow window, so that it fits one line of its table', () => {
    expect(bar(75, 100)).to.equal('███████████████░░░░░');
    expect(bar(75, 80)).to.equal('████████░░');
  });

  it('breaks sentences where the window ends', () => {
    const sentence = 'Member is empty, so the row belongs to no member';
    expect(wrapped(sentence, '  ', 30)).to.deep.equal(['  Member is empty, so the row', '    belongs to no member']);
  });
});
