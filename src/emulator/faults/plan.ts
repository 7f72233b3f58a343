import { z } from 'zod';

/** Whole milliseconds, or the bounds between which they are drawn for each request. */
const Milliseconds = z.union([z.int().min(0), z.tuple([z.int().min(0), z.int().min(0)])]);
const Share = z.number().min(0).max(1);
const Status = z.int().min(200).max(599);
const Verb = z.enum(['DELETE', 'GET', 'PATCH', 'POST', 'PUT']);

const Pattern = z.string().refine(isPattern, 'is no regular expression');

const Matching = z
  .strictObject({
    method: z.union([Verb, z.array(Verb).min(1)]).optional(),
    path: z
      .string()
      .startsWith('/')
      .optional()
      .describe(
        'As endpoints are written: /services/data/:version/query. A segment :name is any, * at the end is any rest. ' +
          'Without /services at its front it is below /services/data/:version. Letters of any case.',
      ),
    pathPattern: Pattern.optional().describe('Regular expression, found anywhere in the path.'),
    bodyContains: z.string().optional(),
    bodyPattern: Pattern.optional().describe('Regular expression, found anywhere in the body.'),
  })
  .describe('Requests that are meant. Everything that is given has to fit.');

/** When a rule strikes. Without any of them: always. */
const occasion = {
  name: z.string().optional().describe('Stands in logs and in the list of faults.'),
  match: Matching.optional().describe('Default: every API call, that is, everything below /services/data/vNN.0.'),
  rate: Share.optional().describe('Share of the requests that fit, drawn from the seed.'),
  count: z.int().positive().optional().describe('Strike so often and never again: the next 3.'),
  skip: z.int().min(0).optional().describe('Let the first so many requests that fit pass.'),
};

const connection = z.enum(['close', 'hang']).default('close').describe('What the client sees instead of an answer.');
const committed = z.boolean().default(false).describe('The work is done all the same.');

/** The answer of a failure: `[{ message, errorCode }]`, unless a body is given. */
const failure = {
  status: Status.default(500),
  errorCode: z.string().default('UNKNOWN_EXCEPTION'),
  message: z
    .string()
    .default('An unexpected error occurred. Please include this ErrorId if you contact support: 1 (1)'),
  body: z.json().optional().describe('Sent as JSON; a text is sent as it is.'),
  contentType: z.string().optional(),
};

/** What a transaction of a job is met by, instead of a request. */
const ofJobs =
  'A rule for ingest jobs: what it meets are their transactions of 200 rows. To match, each is a PUT to ' +
  '/jobs/ingest/:id/batches with these rows as its body.';

/**
 * One fault. `latency` rules add up and go together with one of the others; of those the first that strikes decides.
 */
export const FaultRule = z.discriminatedUnion('fault', [
  z
    .strictObject({ fault: z.literal('latency'), ...occasion, milliseconds: Milliseconds })
    .describe('The work takes time. A write holds its rows meanwhile.'),
  z.strictObject({ fault: z.literal('error'), ...occasion, ...failure, committed }).describe('A failure as an answer.'),
  z
    .strictObject({ fault: z.literal('silence'), ...occasion, connection })
    .describe('The work is done, and nobody is told.'),
  z
    .strictObject({ fault: z.literal('partial'), ...occasion, ...failure, first: z.int().positive().optional() })
    .describe('Of a request with several records the first (default: half) are kept; the answer is a failure.'),
  z
    .strictObject({ fault: z.literal('lateCommit'), ...occasion, connection, milliseconds: Milliseconds })
    .describe('The connection ends at once; the work is done later, and holds its rows until then.'),
  z
    .strictObject({ fault: z.literal('drop'), ...occasion, share: Share.default(0.5) })
    .describe('The work is done; the connection ends in the middle of the answer.'),
  z
    .strictObject({ fault: z.literal('truncated'), ...occasion, share: Share.default(0.5) })
    .describe('The work is done; the answer is complete for HTTP, but its JSON is cut off.'),
  z.strictObject({ fault: z.literal('reset'), ...occasion, committed }).describe('The connection is reset.'),
  z
    .strictObject({
      fault: z.literal('html'),
      ...occasion,
      status: Status.default(503),
      body: z.string().optional(),
      committed,
    })
    .describe('A page in HTML, by something that stands in front of the org.'),
  z.strictObject({ fault: z.literal('unauthorized'), ...occasion }).describe('401 INVALID_SESSION_ID, this once.'),
  z
    .strictObject({ fault: z.literal('quota'), ...occasion, limit: z.enum(['daily', 'concurrent']).default('daily') })
    .describe('403 REQUEST_LIMIT_EXCEEDED.'),
  z
    .strictObject({ fault: z.literal('jobLatency'), ...occasion, milliseconds: Milliseconds })
    .describe(`The transaction takes time and holds its rows meanwhile. ${ofJobs}`),
  z
    .strictObject({
      fault: z.literal('jobRows'),
      ...occasion,
      errorCode: z.string().default('UNABLE_TO_LOCK_ROW'),
      message: z.string().default('unable to obtain exclusive access to this record'),
    })
    .describe(`Its rows are refused. ${ofJobs}`),
  z
    .strictObject({
      fault: z.literal('jobFailure'),
      ...occasion,
      errorCode: z.string().default('TooManyLockFailure'),
      message: z.string().default('Too many lock failures'),
    })
    .describe(`The job ends as Failed before it: what was done stays, the rest is unprocessed. ${ofJobs}`),
]);

/**
 * What is to go wrong, as data: from code, from a flag, or through `PUT /emulator/faults`.
 *
 * ```json
 * { "seed": 7, "rules": [
 *   { "fault": "silence", "rate": 0.1, "match": { "method": "POST", "path": "/connect/realtime/*" } },
 *   { "fault": "quota", "count": 3 } ] }
 * ```
 */
export const FaultPlan = z
  .strictObject({
    seed: z.int32().default(1).describe('One seed, one fate for the n-th request that fits a rule.'),
    rules: z.array(FaultRule).default([]),
  })
  .describe('What is to go wrong in a local org.');

export type FaultPlan = z.infer<typeof FaultPlan>;
export type FaultRule = z.infer<typeof FaultRule>;
/** A plan as it is written down, without its defaults. */
export type FaultPlanInput = z.input<typeof FaultPlan>;
export type FaultRuleInput = z.input<typeof FaultRule>;
/** What befalls a request, but `latency`. */
export type Fault = Exclude<FaultRule, JobRule | { fault: 'latency' }>;
/** What befalls a transaction of an ingest job. */
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
