import { at, listAt, outcome } from '../probeAnswer.js';
import { compared } from '../probe.js';
import type { Probe } from '../probe.js';
import type { ProbedOrg } from '../probedOrg.js';

const needs = ['program'] as const;

/** Finds the two promotions of the probe program: neither has an EndDate, one has a target. */
const promotions = (org: ProbedOrg) =>
  `FROM Promotion WHERE LoyaltyProgramId = '${org.program.id}' AND Name IN ('Probe counting', 'Probe joining')`;

function counts(condition: string, expected: number): Probe['ask'] {
  return async (org) =>
    compared(await org.client.query.count(`SELECT COUNT() ${promotions(org)} AND ${condition}`), expected);
}

/** Returns a question that checks how the org answers queries that it refuses. */
function refuses(...expected: readonly (readonly [soql: string, outcome: string])[]): Probe['ask'] {
  return async (org) => {
    const seen = [];
    for (const [soql] of expected) seen.push(outcome(await org.query(soql)));
    return compared(
      seen,
      expected.map(([, outcome]) => outcome),
    );
  };
}

const malformed = '400 MALFORMED_QUERY';

export const soqlProbes: readonly Probe[] = [
  {
    id: 'soql-null-is-not-equal',
    assumption: '!= and NOT IN are true for null fields.',
    needs,
    calls: 2,
    ask: async (org) => {
      const found = [];
      for (const condition of ["Description != 'probe'", "Description NOT IN ('probe')"]) {
        found.push(await org.client.query.count(`SELECT COUNT() ${promotions(org)} AND ${condition}`));
      }
      return compared(found, [2, 2]);
    },
  },
  {
    id: 'soql-nulls-first',
    assumption: 'Nulls come first, even with DESC.',
    needs,
    calls: 1,
    ask: async (org) => {
      const rows = await org.rows(
        `SELECT CumulativeUsageTarget ${promotions(org)} ORDER BY CumulativeUsageTarget DESC`,
      );
      return compared(
        rows.map((row) => row['CumulativeUsageTarget'] === null),
        [true, false],
      );
    },
  },
  {
    id: 'soql-empty-text-is-null',
    assumption: "'' means null.",
    needs,
    calls: 1,
    ask: counts("ImageUrl = ''", 2),
  },
  {
    id: 'soql-boolean-null-is-false',
    assumption: 'A boolean = null means false.',
    needs,
    calls: 1,
    ask: counts('IsEnrollmentRequired = null', 1),
  },
  {
    id: 'soql-relative-days',
    assumption: 'LAST_N_DAYS includes today, LAST_WEEK and LAST_MONTH exclude the current one.',
    needs,
    calls: 3,
    ask: async (org) => {
      const found = [];
      for (const days of ['LAST_N_DAYS:1', 'LAST_WEEK', 'LAST_MONTH']) {
        found.push(await org.client.query.count(`SELECT COUNT() ${promotions(org)} AND CreatedDate = ${days}`));
      }
      return compared(found, [2, 0, 0]);
    },
  },
  {
    id: 'soql-date-functions-utc',
    assumption: 'Date functions read UTC without convertTimezone.',
    needs,
    calls: 1,
    ask: async (org) => {
      const soql = `SELECT HOUR_IN_DAY(CreatedDate) hour, MAX(CreatedDate) newest ${promotions(org)} GROUP BY HOUR_IN_DAY(CreatedDate)`;
      const rows = await org.rows(soql);
      const isUtc = (row: unknown) => new Date(String(at(row, 'newest'))).getUTCHours() === at(row, 'hour');
      return compared(rows.map(isUtc).every(Boolean) && rows.length > 0, true);
    },
  },
  {
    id: 'soql-not-grouped',
    assumption: 'Date-times, decimals and long text cannot be grouped.',
    needs: [],
    calls: 3,
    ask: refuses(
      ['SELECT CreatedDate, COUNT(Id) FROM Promotion GROUP BY CreatedDate', '400 INVALID_FIELD'],
      ['SELECT TransactionAmount, COUNT(Id) FROM TransactionJournal GROUP BY TransactionAmount', '400 INVALID_FIELD'],
      ['SELECT Description, COUNT(Id) FROM Account GROUP BY Description', '400 INVALID_FIELD'],
    ),
  },
  {
    id: 'soql-sum-and-average',
    assumption: 'SUM has the scale of its field, AVG has ten decimals.',
    needs,
    calls: 2,
    ask: async (org) => {
      const group = org.program.ids.get('LoyaltyTierGroup Probe Status') ?? '';
      const [row] = await org.rows(
        'SELECT SUM(MinimumEligibleBalance) sum, AVG(MinimumEligibleBalance) average FROM LoyaltyTier ' +
          `WHERE LoyaltyTierGroupId = '${group}' AND MinimumEligibleBalance < 900`,
      );
      return compared([row?.['sum'], row?.['average']], [301, 100.3333333333]);
    },
  },
  {
    id: 'soql-column-types',
    assumption: 'The apexType of number columns is Double.',
    needs: [],
    calls: 1,
    ask: async (org) => {
      const { json } = await org.query('SELECT TransactionAmount FROM TransactionJournal LIMIT 1', '&columns=true');
      return compared(at(json, 'columnMetadata', 0, 'apexType') ?? null, 'Double');
    },
  },
  {
    id: 'soql-wrong-literals',
    assumption: 'A literal of the wrong type is INVALID_FIELD, a bad Id INVALID_QUERY_FILTER_OPERATOR.',
    needs: [],
    calls: 2,
    ask: refuses(
      ["SELECT Id FROM TransactionJournal WHERE TransactionAmount = 'probe'", '400 INVALID_FIELD'],
      ["SELECT Id FROM TransactionJournal WHERE Id = 'probe'", '400 INVALID_QUERY_FILTER_OPERATOR'],
    ),
  },
  {
    id: 'soql-semi-joins',
    assumption: 'Semi-joins are on another object, and have no ORDER BY and no LIMIT inside.',
    needs: [],
    calls: 3,
    ask: refuses(
      ['SELECT Id FROM Contact WHERE AccountId IN (SELECT AccountId FROM Contact)', malformed],
      ['SELECT Id FROM Contact WHERE AccountId IN (SELECT Id FROM Account LIMIT 1)', malformed],
      ['SELECT Id FROM Contact WHERE AccountId IN (SELECT Id FROM Account ORDER BY Name)', malformed],
    ),
  },
  {
    id: 'soql-aggregates-without-limit',
    assumption: 'An aggregate without GROUP BY takes no LIMIT, and sub-queries take no aggregates.',
    needs: [],
    calls: 2,
    ask: refuses(
      ['SELECT COUNT(Id) FROM Account LIMIT 1', malformed],
      ['SELECT Id, (SELECT COUNT(Id) FROM Contacts) FROM Account LIMIT 1', malformed],
    ),
  },
  {
    id: 'soql-refusals-show-the-place',
    assumption: 'A refused query is quoted with a caret under the point, as ERROR at Row:1:Column:n.',
    needs: [],
    calls: 1,
    ask: async (org) => {
      const answer = await org.query('SELECT Id, Foo__c FROM LoyaltyProgram');
      const place = /ERROR at Row:\d+:Column:\d+/.exec(String(at(listAt(answer, 'json')[0], 'message')))?.[0] ?? null;
      return compared([outcome(answer), place], ['400 INVALID_FIELD', 'ERROR at Row:1:Column:12']);
    },
  },
];
