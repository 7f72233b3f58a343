import { expect } from 'chai';
import { XMLParser } from 'fast-xml-parser';
import { isPrintable, printable } from '../../src/base/text/printable.js';
import { junitReport } from '../../src/seed/junitReport.js';
import { seedExitCode } from '../../src/seed/index.js';
import type { SeedReport } from '../../src/seed/index.js';
import { seedSummary } from '../../src/seed/seedSummary.js';

const hostile = 'a|b <img src=x> & "q" ]]> \u0001 \u001b[31m\n# heading [l](http://x)';
const counts = { enrolled: 1, exists: 2, failed: 1, unknown: 0, open: 0 };
const problem = { key: hostile, line: 3, status: 'failed', error: { code: 'INVALID_ROW', message: hostile } } as const;

/** A seed whose members have a row that cannot be used, and whose history failed at once. */
const report: SeedReport = {
  program: hostile,
  folder: 'seeds',
  stages: {
    program: {
      status: 'done',
      milliseconds: 1234,
      objects: [{ object: 'Promotion', created: 1, changed: 2, unchanged: 3 }],
    },
    members: { status: 'attention', milliseconds: 5, counts, problems: [problem] },
    history: {
      ...{ status: 'failed', milliseconds: 7, feeds: [], report: null, results: null },
      error: { code: 'FeedError', message: hostile },
    },
  },
};

describe('the files of a seed for a pipeline', () => {
  it('are valid XML with the numbers that a test report shows, whatever texts they quote', () => {
    const xml = junitReport(report, 0);
    expect(xml.split('\n').filter((line) => !isPrintable(line))).to.deep.equal([]);
    const parsed = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '' }).parse(xml) as {
      testsuites: { testsuite: Array<Record<string, unknown>> } & Record<string, unknown>;
    };
    expect(parsed.testsuites).to.include({ tests: '3', failures: '1', errors: '1', skipped: '0', time: '1.246' });
    expect(parsed.testsuites).to.include({ name: `seed ${printable(hostile)}` });
    expect(parsed.testsuites.testsuite[1]).to.have.nested.property(
      'testcase.failure.#text',
      `${printable(hostile)}: INVALID_ROW: ${printable(hostile)}`,
    );
    expect(parsed.testsuites.testsuite.map(({ name, failures, errors }) => [name, failures, errors])).to.deep.equal([
      ['program', '0', '0'],
      ['members', '1', '0'],
      ['history', '0', '1'],
    ]);
  });

  it('are Markdown in which quoted texts are texts', () => {
    const lines = seedSummary(report).split('\n');
    expect(lines.filter((line) => line.startsWith('#'))).to.have.lengthOf(3);
    expect(lines.filter((line) => /[^\\][<[]|[^\\]\|b/.test(line))).to.deep.equal([]);
    expect(lines).to.include('| Promotion | 1 | 2 | 3 |').and.to.include('| program | done | 1.2 s |');
    expect(lines).to.include('| history | failed | 0.0 s |');
  });

  it('and the exit code agree about a stage that failed', () => {
    expect(seedExitCode(report, 10)).to.equal(1);
  });
});
