import { z } from 'zod';
import { processEndpoints } from '../contract/endpoints/processEndpoints.js';
import type { ProcessType, ProgramProcessResponse } from '../contract/endpoints/processEndpoints.js';
import { requestName } from '../contract/endpoint.js';
import type { CallEndpoint } from './call.js';
import { LoyaltyProcessError } from './failures/callErrors.js';
import type { ProgramsResource } from './programs.js';
import type { QueryResource } from './query/queryResource.js';
import { soqlText } from './query/soql.js';

const ProcessRow = z.object({
  Id: z.string(),
  Name: z.string(),
  ProcessType: z.string().nullable(),
  /** `Draft`, `Active` or `Inactive`. */
  Status: z.string().nullable(),
});
export type ProcessRow = z.infer<typeof ProcessRow>;

const ParameterRow = z.object({
  LoyaltyProgramProcessId: z.string(),
  Name: z.string(),
  /** `Text`, `Numeric`, `Boolean`, `Date`, `DateTime` or `Sobject`. */
  DataType: z.string().nullable(),
  IsInput: z.boolean().nullable(),
  IsOutput: z.boolean().nullable(),
});
export type ParameterRow = z.infer<typeof ParameterRow>;

export type ProcessParameters = Record<string, unknown>;

/** `client.processes`: LoyaltyProgramProcess. */
export class ProcessesResource {
  readonly #call: CallEndpoint;
  readonly #query: QueryResource;
  readonly #programs: ProgramsResource;

  constructor(call: CallEndpoint, rooms: { query: QueryResource; programs: ProgramsResource }) {
    this.#call = call;
    this.#query = rooms.query;
    this.#programs = rooms.programs;
  }

  /** @throws {UnknownProgramError} when none is found because the org has no such program */
  async list(program: string, type?: ProcessType): Promise<ProcessRow[]> {
    const ofType = type === undefined ? '' : ` AND ProcessType = ${soqlText(type)}`;
    const soql =
      `SELECT Id, Name, ProcessType, Status FROM LoyaltyProgramProcess ` +
      `WHERE LoyaltyProgram.Name = ${soqlText(program)}${ofType} ORDER BY Name`;
    const rows = await this.#query.allRows(soql, ProcessRow);
    if (rows.length === 0) await this.#programs.mustExist(program);
    return rows;
  }

  /** The inputs and outputs of the processes of a program. */
  async parameters(program: string): Promise<ParameterRow[]> {
    const fields = Object.keys(ParameterRow.shape).join(', ');
    return this.#query.allRows(
      `SELECT ${fields} FROM LoyaltyProgramProcessParameter ` +
        `WHERE LoyaltyProgramProcess.LoyaltyProgram.Name = ${soqlText(program)} AND (IsInput = true OR IsOutput = true) ` +
        'ORDER BY Name',
      ParameterRow,
    );
  }

  /**
   * Runs a process by its name in this org, and returns its results. `POST
   * /connect/loyalty/programs/{program}/program-processes/{process}`, sent at most once.
   *
   * An active process whose rule is not active succeeds without results.
   *
   * @param isRead whether the process changes nothing
   * @throws {LoyaltyProcessError} for HTTP 200 with `status: false`
   */
  async run(
    program: string,
    process: string,
    parameters: ProcessParameters,
    { isRead = false }: { readonly isRead?: boolean } = {},
  ): Promise<Record<string, unknown>[]> {
    const body = { processParameters: [parameters] };
    const response = await this.#call(processEndpoints.run, { params: { program, process }, body, isRead });
    if (!response.status) throw new LoyaltyProcessError(response).ofRequest(requestName(processEndpoints.run));
    return resultsOf(response);
  }
}

/** Results are nested twice, except in the documented sample of Update Member Tier, which nests once. */
function resultsOf({ outputParameters }: ProgramProcessResponse): Record<string, unknown>[] {
  if (!outputParameters) return [];
  if ('outputParameters' in outputParameters) return outputParameters.outputParameters.results;
  return 'results' in outputParameters ? outputParameters.results : [];
}
