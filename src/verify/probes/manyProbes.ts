import { at, listAt, outcome } from '../probeAnswer.js';
import type { ProbeAnswer } from '../probeAnswer.js';
import { compared } from '../probe.js';
import type { Probe } from '../probe.js';
import type { ProbedOrg } from '../probedOrg.js';

const needs = ['program'] as const;

/** Sends many records in one request. Created records are deleted at the end. */
async function collection(org: ProbedOrg, records: readonly object[], allOrNone = false): Promise<ProbeAnswer> {
  const answer = await org.ask('POST', '/composite/sobjects', { body: { allOrNone, records } });
  for (const result of listAt(answer, 'json')) {
    const id = at(result, 'id');
    if (at(result, 'success') === true && typeof id === 'string') org.created.push({ object: 'Account', id });
  }
  return answer;
}

function account(more: object = {}): object {
  return { attributes: { type: 'Account' }, Name: 'Probe', ...more };
}

const successes = ({ json }: ProbeAnswer) => listAt(json).map((result) => at(result, 'success'));

function query(org: ProbedOrg, referenceId: string): object {
  const url = `/services/data/v${org.client.apiVersion}/sobjects/Account`;
  return { method: 'GET', url, referenceId };
}

async function composite(org: ProbedOrg, parts: readonly object[]): Promise<ProbeAnswer> {
  return org.ask('POST', '/composite', { body: { compositeRequest: parts } });
}

export const manyProbes: readonly Probe[] = [
  {
    id: 'collections-of-200',
    assumption: 'More than 200 records in a collection are 400 EXCEEDED_ID_LIMIT.',
    needs,
    calls: 1,
    ask: async (org) => {
      const records = Array.from({ length: 201 }, () => account());
      return compared(outcome(await collection(org, records, true)), '400 EXCEEDED_ID_LIMIT');
    },
  },
  {
    id: 'unreadable-value-refuses-its-row',
    assumption: 'An unreadable value or an unknown field refuses the row, not the request.',
    needs,
    calls: 2,
    ask: async (org) => {
      const value = await collection(org, [account(), account({ NumberOfEmployees: 'many' })]);
      const field = await collection(org, [account(), account({ ProbeOfNothing: 1 })]);
      return compared(
        [successes(value), successes(field)],
        [
          [true, false],
          [true, false],
        ],
      );
    },
  },
  {
    id: 'rolled-back-rows-keep-their-id',
    assumption: 'Rows that allOrNone rolled back keep their Id in the answer.',
    needs,
    calls: 1,
    ask: async (org) => {
      const answer = await collection(org, [account(), account({ Name: null })], true);
      return compared([at(answer.json, 0, 'success'), typeof at(answer.json, 0, 'id')], [false, 'string']);
    },
  },
  {
    id: 'upsert-results-say-created',
    assumption: 'Every result of a collection upsert has `created`, false also for refused rows.',
    needs,
    calls: 2,
    ask: async (org) => {
      const id = await org.made('Account', { Name: 'Probe' });
      const records = [account({ Id: id }), account({ Id: id.replace(/.{6}$/, '000AAA') })];
      const answer = await org.ask('PATCH', '/composite/sobjects/Account/Id', { body: { allOrNone: false, records } });
      return compared(
        listAt(answer.json).map((result) => at(result, 'created') ?? null),
        [false, false],
      );
    },
  },
  {
    id: 'composite-of-25',
    assumption: 'More than 25 parts are HTTP 200 with one failed part.',
    needs: [],
    calls: 1,
    ask: async (org) => {
      const answer = await composite(
        org,
        Array.from({ length: 26 }, (_, index) => query(org, `p${index}`)),
      );
      const parts = listAt(answer.json, 'compositeResponse').map((part) => at(part, 'httpStatusCode'));
      return compared([answer.status, parts], [200, [400]]);
    },
  },
  {
    id: 'composite-reference-twice',
    assumption: 'A referenceId that comes twice halts the second part.',
    needs: [],
    calls: 1,
    ask: async (org) => {
      const { json } = await composite(org, [query(org, 'p'), query(org, 'p')]);
      return compared(
        listAt(json, 'compositeResponse').map((part) => at(part, 'httpStatusCode')),
        [200, 400],
      );
    },
  },
  {
    id: 'graphs-halt-after-14',
    assumption: 'A request of graphs halts once more than 14 graphs have failed.',
    needs,
    calls: 1,
    ask: async (org) => {
      const url = `/services/data/v${org.client.apiVersion}/sobjects/Account`;
      const graphs = Array.from({ length: 17 }, (_, index) => ({
        graphId: `g${index}`,
        compositeRequest: [{ method: 'POST', url, referenceId: 'p', body: { ProbeOfNothing: 1 } }],
      }));
      const answer = await org.ask('POST', '/composite/graph', { body: { graphs } });
      const codes = listAt(answer.json, 'graphs').map((graph) =>
        at(graph, 'graphResponse', 'compositeResponse', 0, 'body', 0, 'errorCode'),
      );
      return compared([codes.length, codes.filter((code) => code === 'PROCESSING_HALTED').length], [17, 2]);
    },
  },
];
