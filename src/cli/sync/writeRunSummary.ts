import { join } from 'node:path';
import { Messages } from '@salesforce/core';
import { replaceFile } from '../../base/files/replaceFile.js';
import { commandStart } from '../../base/text/commandLine.js';
import { printable } from '../../base/text/printable.js';
import { markdownTable, markdownText } from '../../base/text/markdown.js';
import { labeledCounts } from './countLines.js';
import { exampleText, needsNobody, nextLines, statusText } from './reportLines.js';
import type { ReportContext } from './reportLines.js';
import type { SyncResult } from './syncResult.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.sync');

/** Most reasons in the summary. The other results files have every row and transaction. */
const mostReasons = 50;

/**
 * Writes `summary.md` into the results folder of a run, for people and for the summary of a pipeline.
 * @throws {Error} from the file system
 */
export async function writeRunSummary(result: SyncResult, context: ReportContext): Promise<void> {
  if (result.results !== null) await replaceFile(join(result.results, 'summary.md'), runSummary(result, context));
}

/** Returns what became of a run as Markdown. */
export function runSummary(result: SyncResult, context: ReportContext): string {
  const { run, program, ending, stopped, notes } = result;
  const head = messages.getMessage('report.head', [run, program, messages.getMessage(`ending.${ending}`)]);
  const parts = [
    `# ${markdownText(head)}`,
    ...(stopped ? [markdownText(`${stopped.code}: ${stopped.message}`)] : []),
    markdownTable([messages.getMessage('summary.what'), messages.getMessage('summary.count')], labeledCounts(result)),
    ...reasonsPart(result),
    ...listPart(
      'report.notes',
      notes.map(({ message }) => markdownText(message)),
    ),
    // Commands are to be pasted, so that nothing in them may be escaped.
    ...listPart('summary.next', nextLines(result, context).map(codeIn)),
  ];
  return `${parts.join('\n\n')}\n`;
}

function reasonsPart({ reasons }: SyncResult): string[] {
  const rows = reasons
    .filter((reason) => !needsNobody(reason))
    .slice(0, mostReasons)
    .map((reason) => {
      const { count, status, code = '', column = '' } = reason;
      return [count, statusText(status), code, column, exampleText(reason)];
    });
  if (rows.length === 0) return [];
  const columns = ['count', 'status', 'code', 'column', 'example'].map((name) =>
    messages.getMessage(`summary.${name}`),
  );
  return [`## ${messages.getMessage('report.problems').replace(/:$/, '')}`, markdownTable(columns, rows)];
}

function listPart(title: string, lines: readonly string[]): string[] {
  if (lines.length === 0) return [];
  return [`## ${messages.getMessage(title).replace(/:$/, '')}`, lines.map((line) => `* ${line}`).join('\n')];
}

/** Puts the command at the end of a sentence into a block of code. */
function codeIn(line: string): string {
  const at = line.lastIndexOf(commandStart);
  if (at < 0) return markdownText(line);
  return `${markdownText(line.slice(0, at))}\n\n  \`\`\`sh\n  ${printable(line.slice(at))}\n  \`\`\``;
}
