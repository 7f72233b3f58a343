import type { XmlNode } from '../../../base/files/xmlNode.js';
import { textIn, textsOf } from '../../../base/files/xmlNode.js';
import { areTestsWanted } from '../deploy/deployJobs.js';
import { deployResult } from '../deploy/deployResult.js';
import { manifestTypes } from '../deploy/packageManifest.js';
import { describeMetadata } from '../retrieve/describeMetadata.js';
import { listMetadata } from '../retrieve/listMetadata.js';
import { readMetadata } from '../retrieve/readMetadata.js';
import { deleteMetadata, saveMetadata } from './componentCalls.js';
import type { SoapCall, SoapHandler } from './soapCall.js';
import { elementNamed, elementsNamed } from './soapRequest.js';

export const soapCalls: ReadonlyMap<string, SoapHandler> = new Map<string, SoapHandler>([
  ['deploy', deploy],
  ['deployRecentValidation', deployRecentValidation],
  ['checkDeployStatus', checkDeployStatus],
  ['cancelDeploy', cancelDeploy],
  ['retrieve', retrieve],
  ['checkRetrieveStatus', checkRetrieveStatus],
  ['describeMetadata', ({ api }) => describeMetadata(api.types)],
  ['listMetadata', ({ api, input }) => listMetadata(api, elementsNamed(input, 'queries'))],
  ['readMetadata', ({ api, input }) => readMetadata(api, textIn(input, 'type') ?? '', textsOf(input, 'fullNames'))],
  ['createMetadata', (call) => saveMetadata(call, 'create')],
  ['updateMetadata', (call) => saveMetadata(call, 'update')],
  ['upsertMetadata', (call) => saveMetadata(call, 'upsert')],
  ['deleteMetadata', deleteMetadata],
]);

async function deploy({ api, input, zipFile, userId }: SoapCall): Promise<unknown> {
  const options = elementNamed(input, 'DeployOptions') ?? input;
  const request = {
    checkOnly: isTrue(options, 'checkOnly'),
    ignoreWarnings: isTrue(options, 'ignoreWarnings'),
    rollbackOnError: isTrue(options, 'rollbackOnError'),
    runsTests: areTestsWanted(textIn(options, 'testLevel'), textsOf(options, 'runTests')),
  };
  const { id } = await api.deploys.start(Buffer.from(zipFile, 'base64'), request, userId);
  return queued(id);
}

async function deployRecentValidation({ api, input, userId }: SoapCall): Promise<string> {
  const { id } = await api.deploys.startValidated(textIn(input, 'validationId') ?? textIn(input, 'id') ?? '', userId);
  return id;
}

function checkDeployStatus({ api, input }: SoapCall): unknown {
  const job = api.deploys.job(textIn(input, 'asyncProcessId') ?? '');
  return deployResult(job, api.org.store, isTrue(input, 'includeDetails'));
}

function cancelDeploy({ api, input }: SoapCall): never {
  return api.deploys.cancel(textIn(input, 'id') ?? textIn(input, 'String') ?? '');
}

async function retrieve({ api, input, version }: SoapCall): Promise<unknown> {
  const request = elementNamed(input, 'request') ?? elementNamed(input, 'retrieveRequest') ?? input;
  const unpackaged = elementNamed(request, 'unpackaged');
  const { id } = await api.retrieves.start({
    types: unpackaged ? manifestTypes(unpackaged) : [],
    apiVersion: (unpackaged && textIn(unpackaged, 'version')) ?? textIn(request, 'apiVersion') ?? `${version}.0`,
    isSinglePackage: isTrue(request, 'singlePackage'),
    packageNames: textsOf(request, 'packageNames'),
  });
  return queued(id);
}

function checkRetrieveStatus({ api, input }: SoapCall): unknown {
  return api.retrieves.result(textIn(input, 'asyncProcessId') ?? '');
}

function queued(id: string): Record<string, unknown> {
  return { done: false, id, state: 'Queued' };
}

function isTrue(node: XmlNode, name: string): boolean {
  return textIn(node, name) === 'true';
}
