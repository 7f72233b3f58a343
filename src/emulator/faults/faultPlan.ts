import { z } from 'zod';

/** Whole milliseconds, or a lower and an upper bound. Within bounds, each request gets a random number. */
const Milliseconds = z.union([z.int().min(0), z.tuple([z.int().min(0), z.int().min(0)])]);
const Share = z.number().min(0).max(1);
const Status = z.int().min(200).max(599);
const Verb = z.enum(['DELETE', 'GET', 'PATCH', 'POST', 'PUT']);

const Pattern = z.string().refine(isPattern, 'is not a regular expression');

const Matching = z
  .strictObject({
    method: z.union([Verb, z.array(Verb).min(1)]).optional(),
    path: z
      .string()
      .startsWith('/')
      .optional()
      .describe(
        'Path of an endpoint: /services/data/:version/query. A segment :name matches any segment, and * at the end ' +
          'matches any rest. A path that does not begin with /services is below /services/data/:version. Case is ignored.',
      ),
    pathPattern: Pattern.optional().describe('Regular expression that matches anywhere in the path.'),
    bodyContains: z.string().optional(),
    bodyPattern: Pattern.optional().describe('Regular expression that matches anywhere in the body.'),
  })
  .describe('Which requests the rule applies to. All given conditions must match.');

/** When a rule strikes. Without any of these members, it always strikes. */
const occasion = {
  name: z.string().optional().describe('Name shown in logs and in the list of faults.'),
  match: Matching.optional().describe('Default: all API calls, which means all paths below /services/data/vNN.0.'),
  rate: Share.optional().describe('Share of the matching requests, chosen at random from the seed.'),
  count: z.int().positive().optional().describe('Maximum number of times that the rule strikes.'),
  skip: z.int().min(0).optional().describe('Number of matching requests to let pass first.'),
};

const connection = z.enum(['close', 'hang']).default('close').describe('What the client sees instead of an answer.');
const committed = z.boolean().default(false).describe('Whether the work is done nevertheless.');

/** The answer of a failure. Without a `body`, it is `[{ message, errorCode }]`. */
const failure = {
  status: Status.default(500),
  errorCode: z.string().default('UNKNOWN_EXCEPTION'),
  message: z
    .string()
    .default('An unexpected error occurred. Please include this ErrorId if you contact support: 1 (1)'),
  body: z.json().optional().describe('Sent as JSON. A text is sent unchanged.'),
  contentType: z.string().optional(),
};

/** Explains the rules that apply to transactions of ingest jobs instead of requests. */
const ofJobs =
  'This rule applies to the transactions of ingest jobs, each with 200 rows. A rule matches a transaction as a PUT to ' +
  '/jobs/ingest/:id/batches with these rows as its body. Transactions of batch jobs and calculations are matched as a ' +
  'PUT to the path that started them, such as /actions/custom/batchJobAction/:definition, with a line for each record.';

/**
 * One fault. All `latency` rules that strike add up. Of the other rules, only the first one that strikes applies.
 */
export const FaultRule = z.discriminatedUnion('fault', [
  z
    .strictObject({ fault: z.literal('latency'), ...occasion, milliseconds: Milliseconds })
    .describe('The work takes time. A write holds its rows during that time.'),
  z.strictObject({ fault: z.literal('error'), ...occasion, ...failure, committed }).describe('The answer is an error.'),
  z
    .strictObject({ fault: z.literal('silence'), ...occasion, connection })
    .describe('The work is done, but the client gets no answer.'),
  z
    .strictObject({ fault: z.literal('partial'), ...occasion, ...failure, first: z.int().positive().optional() })
    .describe('Of a request with several records, only the first are done (default: half). The answer is an error.'),
  z
    .strictObject({ fault: z.literal('lateCommit'), ...occasion, connection, milliseconds: Milliseconds })
    .describe('The connection ends immediately. The work is done later and holds its rows until then.'),
  z
    .strictObject({ fault: z.literal('drop'), ...occasion, share: Share.default(0.5) })
    .describe('The work is done, but the connection ends in the middle of the answer.'),
  z
    .strictObject({ fault: z.literal('truncated'), ...occasion, share: Share.default(0.5) })
    .describe('The work is done. The answer is complete for HTTP, but its JSON is cut off.'),
  z.strictObject({ fault: z.literal('reset'), ...occasion, committed }).describe('The connection is reset.'),
  z
    .strictObject({
      fault: z.literal('html'),
      ...occasion,
      status: Status.default(503),
      body: z.string().optional(),
      committed,
    })
    .describe('The answer is an HTML page, as from a load balancer in front of the org.'),
  z
    .strictObject({ fault: z.literal('unauthorized'), ...occasion })
    .describe('401 INVALID_SESSION_ID for this request only. The session stays valid.'),
  z
    .strictObject({ fault: z.literal('quota'), ...occasion, limit: z.enum(['daily', 'concurrent']).default('daily') })
    .describe('403 REQUEST_LIMIT_EXCEEDED.'),
  z
    .strictObject({ fault: z.literal('jobLatency'), ...occasion, milliseconds: Milliseconds })
    .describe(`The transaction takes time and holds its rows during that time. ${ofJobs}`),
  z
    .strictObject({
      fault: z.literal('jobRows'),
      ...occasion,
      errorCode: z.string().default('UNABLE_TO_LOCK_ROW'),
      message: z.string().default('unable to obtain exclusive access to this record'),
    })
    .describe(`All rows of the transaction are refused. ${ofJobs}`),
  z
    .strictObject({
      fault: z.literal('jobFailure'),
      ...occasion,
      errorCode: z.string().default('TooManyLockFailure'),
      message: z.string().default('Too many lock failures'),
    })
    .describe(`The job fails before the transaction. Rows written so far stay; the rest is unprocessed. ${ofJobs}`),
]);

/**
 * The faults to inject, as data. A plan comes from code, from a flag, or from `PUT /emulator/faults`.
 *
 * ```json
 * { "seed": 7, "rules": [
 *   { "fault": "silence", "rate": 0.1, "match": { "method": "POST", "path": "/connect/realtime/*" } },
 *   { "fault": "quota", "count": 3 } ] }
 * ```
 */
export const FaultPlan = z
  .strictObject({
    seed: z
      .int32()
      .default(1)
      .describe('With the same seed, the same happens to the n-th request that matches a rule.'),
    rules: z.array(FaultRule).default([]),
  })
  .describe('The faults to inject into a local org.');

export type FaultPlan = z.infer<typeof FaultPlan>;
export type FaultRule = z.infer<typeof FaultRule>;
/** A plan as written, before defaults are added. */
export type FaultPlanInput = z.input<typeof FaultPlan>;
export type FaultRuleInput = z.input<typeof FaultRule>;
/** A fault of a request, except `latency`. */
export type Fault = Exclude<FaultRule, JobRule | { fault: 'latency' }>;
/** A fault of a transaction of an ingest job. */
export type JobRule = Extract<FaultRule, { fault: `job${string}` }>;
export type JobFault = Exclude<JobRule, { fault: 'jobLatency' }>;

function isPattern(text: string): boolean {
  try {
    new RegExp(text);
    return true;
  } catch {
    return false;
  }
}
