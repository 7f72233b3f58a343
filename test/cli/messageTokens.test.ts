import { expect } from 'chai';
import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import ts from 'typescript';

const root = join(import.meta.dirname, '../..');

/** Lines of each message that are told apart: those of a list, or all of it. */
async function messagesOf(bundle: string): Promise<Map<string, string[]>> {
  const text = await readFile(join(root, 'messages', `${bundle}.md`), 'utf8');
  const sections = text.split(/^# /m).slice(1);
  return new Map(
    sections.map((section) => {
      const [key = '', ...lines] = section.trim().split('\n');
      const items = lines.filter((line) => /^[-*] /.test(line));
      return [key, items.length > 0 ? items : [lines.join('\n')]];
    }),
  );
}

function tokensIn(text: string): number {
  return text.match(/%[sdifjoO]/g)?.length ?? 0;
}

/** Calls such as `messages.getMessage('info.done', [member, count])`, whose values can be counted. */
function callsIn(source: ts.SourceFile): { readonly method: string; readonly key: string; readonly given: number }[] {
  const calls: { method: string; key: string; given: number }[] = [];
  const visit = (node: ts.Node): void => {
    ts.forEachChild(node, visit);
    if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return;
    if (node.expression.expression.getText() !== 'messages') return;
    const [key, values] = node.arguments;
    if (!key || !ts.isStringLiteral(key)) return;
    const isCounted =
      values === undefined || (ts.isArrayLiteralExpression(values) && !values.elements.some(ts.isSpreadElement));
    if (!isCounted) return;
    const given = values && ts.isArrayLiteralExpression(values) ? values.elements.length : 0;
    calls.push({ method: node.expression.name.text, key: key.text, given });
  };
  visit(source);
  return calls;
}

describe('the messages', () => {
  it('have a place for each value that they are given, in each line: the CLI writes anything else into its log', async () => {
    const wrong: string[] = [];
    for (const file of globSync('src/**/*.ts', { cwd: root })) {
      const text = await readFile(join(root, file), 'utf8');
      const bundle = /const messages = Messages\.loadMessages\('sf-plugin-loyalty', '([\w.]+)'\)/.exec(text)?.[1];
      if (bundle === undefined) continue;
      const messages = await messagesOf(bundle);
      for (const { method, key, given } of callsIn(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true))) {
        const lines = messages.get(key) ?? [];
        const counts = lines.map(tokensIn);
        const fits = counts.reduce((sum, count) => sum + count, 0) === given && (given === 0 || !counts.includes(0));
        if (lines.length === 0 || !fits)
          wrong.push(`${file}: ${method}('${key}') gives ${given}, has ${counts.join()}`);
      }
    }
    expect(wrong).to.deep.equal([]);
  });

  it('have lists whose lines all have places for values, or none', async () => {
    const mixed: string[] = [];
    for (const file of globSync('messages/*.md', { cwd: root })) {
      const bundle = file.replace(/^.*[\\/]/, '').replace(/\.md$/, '');
      for (const [key, lines] of await messagesOf(bundle)) {
        const counts = lines.map(tokensIn);
        if (counts.includes(0) && counts.some((count) => count > 0)) mixed.push(`${bundle}: ${key}`);
      }
    }
    expect(mixed).to.deep.equal([]);
  });
});
