import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Messages, SfError } from '@salesforce/core';
import type { Connection } from '@salesforce/core';
import { programSetupFiles } from '../program/index.js';
import type { MetadataFile, ProgramDefinition } from '../program/index.js';
import { exitCodes } from './errors/exitCodes.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-loyalty', 'loyalty.create.program');

/** Seconds between two questions, and until a deploy is left to the org. */
const defaults = { pause: 2, patience: 1200 };

export interface SetupToDeploy {
  /** Name of the program as the org has it. */
  readonly program: string;
  readonly definition: ProgramDefinition;
  readonly rulesFile?: string | undefined;
}

/**
 * Deploys the processes of a program, and waits for the end. The org takes all of them or none.
 * @throws {SfError} if the org refuses them, with its reasons; and if it has not ended in time
 */
export async function deployProgramSetup(
  connection: Connection,
  { program, definition, rulesFile }: SetupToDeploy,
  { pause, patience } = defaults,
): Promise<void> {
  const rules = rulesFile === undefined ? undefined : await readFile(rulesFile, 'utf8');
  const apiVersion = connection.getApiVersion();
  const files = programSetupFiles({ program, definition, rules, apiVersion });
  const folder = await mkdtemp(join(tmpdir(), 'loyalty-setup-'));
  try {
    await writeFiles(folder, files);
    // Loaded here alone: it takes longer to load than everything else of a command.
    const { MetadataApiDeploy } = await import('@salesforce/source-deploy-retrieve');
    const options = { rollbackOnError: true, singlePackage: true };
    const deploy = new MetadataApiDeploy({ usernameOrConnection: connection, mdapiPath: folder, apiOptions: options });
    const { id } = await deploy.start();
    const { response } = await deploy.pollStatus(pause * 1000, patience);
    if (!response.success) throw refusal(response, id);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function writeFiles(folder: string, files: readonly MetadataFile[]): Promise<void> {
  for (const { path, content } of files) {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
  }
}

interface DeployResponse {
  readonly status: string;
  readonly errorMessage?: string;
  readonly details?: { readonly componentFailures?: DeployFailure | readonly DeployFailure[] };
}

interface DeployFailure {
  readonly problem?: string;
  readonly lineNumber?: string | number;
}

function refusal({ status, errorMessage, details }: DeployResponse, id: string | undefined): SfError {
  const failures = [details?.componentFailures ?? []].flat();
  const reasons = failures.map(({ problem = '', lineNumber }) => {
    return lineNumber === undefined ? problem : messages.getMessage('error.deploy.line', [lineNumber, problem]);
  });
  const sentences = reasons.map((reason) => (/[.!?]$/.test(reason) ? reason : `${reason}.`));
  const why = sentences.length > 0 ? sentences.join(' ') : (errorMessage ?? status);
  return SfError.create({
    name: 'DeployRefusedError',
    message: messages.getMessage('error.deploy', [why]),
    actions: messages.getMessages('error.deploy.actions', [id ?? '']),
    exitCode: exitCodes.attention,
  });
}
