import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { isReportPage, reportPage } from '../../src/insight/index.js';
import type { ProgramReport } from '../../src/insight/index.js';
import { exampleReport } from './exampleReport.js';

const frame = { program: 'Harbour Rewards', today: '2026-06-02' };
const page = reportPage(exampleReport(), frame);

const all = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([, found = '']) => found);

/** Elements that are not closed where they should be. */
function unclosed(text: string): string[] {
  const open: string[] = [];
  const wrong: string[] = [];
  for (const [tag, slash, name = ''] of text.matchAll(/<(\/?)([a-z][\w-]*)[^>]*>/gi)) {
    if (slash === '/' && open.pop() !== name) wrong.push(tag);
    else if (slash === '' && !tag.endsWith('/>')) open.push(name);
  }
  return [...wrong, ...open];
}

describe('the page of a report', () => {
  it('is one well-formed file that loads nothing and runs nothing', () => {
    expect(unclosed(page)).to.deep.equal([]);
    expect(page).not.to.match(
      /<(?:script|link|img|iframe|object|embed|form)\b|\ssrc=|\sstyle=|\son\w+=|url\(|@import/i,
    );
    expect(all(page, /href="([^"]*)"/g).filter((address) => !address.startsWith('#'))).to.deep.equal([]);
    const [style = ''] = all(page, /<style>([^]*?)<\/style>/g);
    const [policy = ''] = all(page, /content-security-policy" content="([^"]*)"/g);
    const hash = createHash('sha256').update(style).digest('base64');
    expect(policy.replaceAll('&#39;', "'")).to.equal(
      `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`,
    );
  });

  it('has the numbers of each chart in a table, for those who do not see it', () => {
    const figures = all(page, /<figure([^]*?)<\/figure>/g);
    expect(figures).to.have.length(11);
    for (const figure of figures) {
      expect(figure).to.match(/<svg\s[^]*<details>[^]*<caption>[^]*<th scope="col"[^]*<th scope="row">/);
    }
    const revenue = figures.find((figure) => figure.includes('<h3 id="revenue">')) ?? '';
    for (const { revenue: value } of exampleReport().months)
      expect(revenue).to.include(value.toLocaleString('en-US', { minimumFractionDigits: 2 }));
    expect(all(page, /<svg\s([^]*?)>/g).length).to.equal(
      all(page, /<\/figure>/g).length + exampleReport().goals.length - 1,
    );
  });

  it('says that a period is not over, and names a year only where it has room', () => {
    expect(page).not.to.include('so far');
    expect(reportPage(exampleReport(), { ...frame, today: '2026-05-31' })).to.include('May 2026, so far</p>');
    const report = exampleReport();
    const fromDecember = report.months.map((month, index) => ({
      ...month,
      month: index === 0 ? '2025-12' : `2026-${String(index).padStart(2, '0')}`,
    }));
    const years = all(reportPage({ ...report, months: fromDecember }, frame), /<tspan[^>]*>(\d+)<\/tspan>/g);
    expect(new Set(years)).to.deep.equal(new Set(['2026']));
    expect(new Set(all(page, /<tspan[^>]*>(\d+)<\/tspan>/g))).to.deep.equal(new Set(['2025', '2026']));
    expect(page).not.to.match(/<title>\s*\S+ :/);
  });

  it('names each chart, and has no id twice and no link to nowhere', () => {
    const ids = all(page, /\sid="([^"]*)"/g);
    expect(new Set(ids).size).to.equal(ids.length);
    const named = all(page, /aria-labelledby="([^"]*)"/g).flatMap((names) => names.split(' '));
    const linked = all(page, /href="#([^"]*)"/g);
    expect(ids).to.include.members([...named, ...linked]);
    for (const svg of all(page, /<svg([^]*?)<\/svg>/g))
      expect(svg).to.match(/role="img"[^]*<title id[^]*<desc id="[^"]*">[^<]{10}/);
  });

  it('has headings that do not skip a level, and one landmark for each part', () => {
    const levels = all(page, /<h(\d)/g).map(Number);
    expect(levels[0]).to.equal(1);
    for (const [index, level] of levels.slice(1).entries()) expect(level).to.be.within(2, (levels[index] ?? 0) + 1);
    for (const landmark of ['header', 'nav', 'main', 'footer']) expect(page.split(`<${landmark}`)).to.have.length(2);
  });

  it('shows names as they are, whatever they contain', () => {
    const evil = '<script>alert(1)</script>"\'&<!--\u202e\u001b';
    const named = JSON.parse(
      JSON.stringify(exampleReport(), (key, value: unknown) =>
        ['title', 'name', 'tier', 'group', 'promotion', 'definition', 'type', 'currency'].includes(key) ? evil : value,
      ),
    ) as ProgramReport;
    const hostile = reportPage(named, { ...frame, program: evil });
    for (const raw of ['<script', '<!--', '\u202e', '\u001b']) expect(hostile).not.to.include(raw);
    expect(hostile).to.include('&#60;script&#62;alert(1)');
    expect(unclosed(hostile)).to.deep.equal([]);
  });

  it('of a program without anything has no number that is none', () => {
    const { months, measures, ...report } = exampleReport();
    const nothing: ProgramReport = {
      ...report,
      ...{ tiers: [], cohorts: [], promotions: [], vouchers: [], goals: [], events: [], currency: null },
      measures: measures.map((measure) => ({ ...measure, value: null, previous: null })),
      months: months.map(({ month }) => ({
        ...{ month, newMembers: 0, activeMembers: 0, purchases: 0, revenue: 0 },
        ...{ pointsIssued: null, pointsRedeemed: null, pointsExpired: null, pointsOutstanding: null },
      })),
    };
    const text = reportPage(nothing, frame);
    expect(text).not.to.match(/NaN|undefined|null|Infinity/);
    expect(text).not.to.include('href="#points"');
  });

  it('is recognized as one, so that no other file is replaced unasked', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'report-page-'));
    try {
      const [own, other] = [join(folder, 'own.html'), join(folder, 'other.html')];
      await writeFile(own, page);
      await writeFile(other, '<!doctype html><title>My homepage</title>');
      expect(await Promise.all([own, other, join(folder, 'none.html')].map(isReportPage))).to.deep.equal([
        true,
        false,
        true,
      ]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
