import { junitXml } from '../base/text/junitXml.js';
import { seedCases } from './seedCases.js';
import { seedStages } from './seedReport.js';
import type { SeedReport } from './seedReport.js';

/**
 * Returns what a seed did as JUnit XML: a test suite for each stage, and a test case for each object of the program, for
 * the members and for each feed.
 */
export function junitReport(report: SeedReport, maxRejects: number): string {
  const suites = seedStages.map((stage) => ({
    name: stage,
    className: `seed.${stage}`,
    cases: seedCases(report, stage, maxRejects),
    milliseconds: report.stages[stage].milliseconds,
  }));
  return junitXml(`seed ${report.program}`, suites);
}
