import { expect } from 'chai';
import { execFile } from 'node:child_process';
import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { nodeProblem } from '../../src/cli/nodeVersion.js';

const root = join(import.meta.dirname, '../..');

/** Makes a process believe that it runs on an older Node. */
const olderNode = `data:text/javascript,${encodeURIComponent(
  "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.20.2' } })",
)}`;

/** Returns the error output of a process that fails on an older Node. */
async function outputOf(...args: string[]): Promise<string> {
  const settled = promisify(execFile)(process.execPath, ['--import', olderNode, ...args], { cwd: root });
  const [outcome] = await Promise.allSettled([settled]);
  return outcome.status === 'rejected' ? (outcome.reason as { stderr: string }).stderr : 'all is well';
}

describe('an older Node', () => {
  it('is below the version that the package requires', () => {
    for (const version of ['22.20.0', '22.21.1', '24.0.0']) expect(nodeProblem(version, '>=22.20')).to.equal(undefined);
    for (const version of ['22.19.9', '20.20.2', '9.0.0']) {
      expect(nodeProblem(version, '>=22.20')).to.contain(`needs Node >=22.20, and this is Node ${version}.`);
    }
    expect(nodeProblem()).to.equal(undefined);
    expect(nodeProblem('20.20.2', '>=22.20', true)).to.include('"npx node bin/run.js …"');
    expect(nodeProblem('20.20.2', '>=22.20', false)).to.include('Install a newer one');
  });

  it('is reported by every command before its dependencies fail', async () => {
    const missing: string[] = [];
    for await (const file of glob('src/commands/**/*.ts', { cwd: root })) {
      const source = await readFile(join(root, file), 'utf8');
      if (!source.startsWith("import '../../../cli/requireNode.js';\n")) missing.push(file);
    }
    expect(missing).to.deep.equal([]);
    const imported = `import(${JSON.stringify(join(root, 'src/commands/loyalty/list/progress.ts'))})`;
    expect(await outputOf('--import', 'tsx', '--input-type', 'module', '--eval', `await ${imported}`)).to.match(
      /^[^\n]*Error: sf-plugin-loyalty needs Node >=22\.20, and this is Node 20\.20\.2\./m,
    );
  });
});
