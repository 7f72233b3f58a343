import type { Random } from '../../../src/base/random.js';
import { cups, feedHeader } from '../../support/cliFeed.js';
import { hostileText, pick } from './hostileText.js';

/** Returns a feed of the example shop in which some cells, or the file itself, are hostile. */
export function hostileCsv(random: Random, members: readonly string[]): string {
  const rows = cups([...members, ...members], 1 + Math.floor(random.next() * 1e6)).map((row) => spoiled(row, random));
  const header = random.next() < 0.1 ? `${feedHeader},${quoted(hostileText(random))}` : feedHeader;
  const text = [header, ...rows].join(random.next() < 0.5 ? '\n' : '\r\n');
  return pick(random, [text, text, text, `${text}\n`, `${text}\n"open`, `${text}\n,,,,,,,\n`, `\ufeff${text}`]);
}

/** Returns the same as lines of JSON. */
export function hostileNdjson(random: Random, members: readonly string[]): string {
  const names = feedHeader.split(',');
  const lines = cups(members).map((row) => {
    const cells = row.split(',').map((cell, index) => [names[index] ?? '', cell] as const);
    const record = Object.fromEntries(
      cells.map(([name, cell]) => [name, random.next() < 0.2 ? hostileText(random) : cell]),
    );
    const line = JSON.stringify(record);
    return pick(random, [
      line,
      line,
      line,
      line.replace('{', '{"Receipt":"twice",'),
      line.replace('{', '{"__proto__":{"Member":"x"},'),
      line.replace('}', `,"deep":${'['.repeat(30_000)}`),
      line.slice(0, -3),
      `[${line}]`,
    ]);
  });
  return lines.join('\n');
}

/** Returns a mapping with one hostile part. */
export function hostileMapping(random: Random, mapping: string): string {
  const expressions = [
    '$match("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", /^(a+)+$/)',
    "$length($pad('x', 400000000))",
    '($f := function($n) { $f($n + 1) + 1 }; $f(1))',
    '$count([1..9999999])',
    '$eval("1")',
    'constructor.constructor("return process")()',
    '__proto__',
    hostileText(random),
  ];
  const expression = JSON.stringify(pick(random, expressions));
  const bomb = ['a: &a [x,x,x,x,x,x,x,x,x]', ...'bcdefghi'.split('').map(aliases)].join('\n');
  return pick(random, [
    mapping,
    mapping,
    mapping.replace(/^( *)Comment:.*$/m, `$1Comment: { expression: ${expression} }`),
    mapping.replace(/^( *)Comment:.*$/m, `$1Comment: { column: ${JSON.stringify(hostileText(random))} }`),
    mapping.replace(/^( *)Comment:.*$/m, `$1${JSON.stringify(hostileText(random))}: Description`),
    mapping.replace(/^( *)Comment:.*$/m, '$1__proto__: Description'),
    `${bomb}\n${mapping}`,
    `${mapping}\n${'['.repeat(50_000)}`,
    `${mapping}\n${mapping}`,
    hostileText(random),
  ]);
}

function aliases(name: string): string {
  const before = String.fromCharCode(name.charCodeAt(0) - 1);
  return `${name}: &${name} [${Array.from({ length: 9 }, () => `*${before}`).join(',')}]`;
}

function spoiled(row: string, random: Random): string {
  return row
    .split(',')
    .map((cell) => (random.next() < 0.06 ? quoted(hostileText(random)) : cell))
    .join(',');
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
