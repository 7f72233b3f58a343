import { valueOf } from '../jobRequest.js';

const delimiters = { BACKQUOTE: '`', CARET: '^', COMMA: ',', PIPE: '|', SEMICOLON: ';', TAB: '\t' } as const;
const lineEndings = { LF: '\n', CRLF: '\r\n' } as const;

/** The CSV format of a job, for both its upload and its results. */
export interface CsvFormat {
  readonly columnDelimiter: keyof typeof delimiters;
  readonly lineEnding: keyof typeof lineEndings;
  /** The characters that `columnDelimiter` and `lineEnding` name. */
  readonly delimiter: string;
  readonly endOfLine: string;
}

/** @throws {OrgRefusal} 400 API_ERROR when a value is unknown */
export function csvFormatOf(request: Readonly<Record<string, unknown>>): CsvFormat {
  const columnDelimiter = valueOf(
    request,
    'columnDelimiter',
    Object.keys(delimiters),
    'COMMA',
  ) as keyof typeof delimiters;
  const lineEnding = valueOf(request, 'lineEnding', Object.keys(lineEndings), 'LF') as keyof typeof lineEndings;
  valueOf(request, 'contentType', ['CSV'], 'CSV');
  return {
    columnDelimiter,
    lineEnding,
    delimiter: delimiters[columnDelimiter],
    endOfLine: lineEndings[lineEnding],
  };
}
