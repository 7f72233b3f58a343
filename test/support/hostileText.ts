import { expect } from 'chai';

/**
 * What a feed, a file or an org could send to a terminal: clear it, name its window, change direction or color, hide
 * text, start a line.
 */
export const hostile =
  'A\x1b[2J\x1b[1;1H\x1b]0;OWNED\x07\x1b[45m\x1b[8mB\x9b31m\x9d0;OWNED\x9cC\x7f\b\b\u202eD\u2066\u200b\u2028E\rF\n\nTry this:\n\nrm -rf';

/** Checks that the output has only text, line ends, and colors if they are allowed. */
export function expectToBeText(printed: string, colors = /(?!)/g): void {
  expect(printed.replaceAll(colors, '')).to.not.match(/(?!\n)[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}\u200b]/u);
  // Only our own lines begin at the first column.
  expect(printed).to.not.match(/^(Try this:\n\nrm|rm)/m);
}
