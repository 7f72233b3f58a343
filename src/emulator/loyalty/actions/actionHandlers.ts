import { actionEndpoints } from '../../../contract/endpoints/actionEndpoints.js';
import type { ActionResponse } from '../../../contract/endpoints/actionEndpoints.js';
import { OrgRefusal, notFound, notImplemented } from '../../orgRefusal.js';
import { ok } from '../../http/orgEndpoint.js';
import type { Endpoint, OrgRequest } from '../../http/orgEndpoint.js';
import { isAbsentAction } from '../../unimplemented/absentActions.js';
import { refreshTable } from '../decisionTables/refreshByAction.js';
import { submitFailedRecords } from '../batchJobs/submitFailedRecords.js';
import type { LoyaltyOrg } from '../loyaltyOrg.js';
import { ProcessFailure } from '../processFailure.js';
import { serve } from '../serve.js';
import type { WriteContext } from '../writeContext.js';
import { adjustByAction } from './adjustByAction.js';
import { reverseAccrual, reverseRedemption } from './reverseTransaction.js';
import { balanceByAction, creditByAction, debitByAction } from './creditAndDebit.js';
import { changeAllTiers, changeTierByAction, tierByAction } from './moveToTier.js';
import { companyAdvocateByAction } from './companyAdvocateByAction.js';
import { describedAction, listedAction } from './describedAction.js';
import { issueByAction } from './issueVoucherAction.js';
import { mapTraces } from './mapTraces.js';
import { mergeMembers } from './merge/mergeMembers.js';
import { unmergeMembers } from './merge/unmergeMembers.js';
import { memberSegments, promotionsOfJournal, promotionsOfSegments } from './promotionsByAction.js';
import { renewReferralCode } from './newReferralCode.js';
import { companyReferralByAction, referralByAction } from './referralByAction.js';
import { reinstateExpired } from './reinstateExpired.js';
import { runJournalProcess } from './runJournalProcess.js';
import type { ServedAction } from './servedAction.js';
import { shareWithGroups } from './shareWithGroups.js';
import { assignBenefits, processMemberBenefit } from './tierBenefits.js';
import { transferByAction } from './transferByAction.js';
import { updateProgress } from './updateProgress.js';

const served: readonly ServedAction[] = [
  adjustByAction,
  assignBenefits,
  balanceByAction,
  changeAllTiers,
  changeTierByAction,
  companyAdvocateByAction,
  companyReferralByAction,
  creditByAction,
  debitByAction,
  issueByAction,
  mapTraces,
  memberSegments,
  mergeMembers,
  processMemberBenefit,
  promotionsOfJournal,
  promotionsOfSegments,
  referralByAction,
  refreshTable,
  reinstateExpired,
  renewReferralCode,
  reverseAccrual,
  reverseRedemption,
  runJournalProcess,
  shareWithGroups,
  submitFailedRecords,
  tierByAction,
  transferByAction,
  unmergeMembers,
  updateProgress,
];

/** Version from which an element carries four more keys (seen in samples). */
const longerElements = 64;
const laterKeys = { invocationId: null, outcome: null, sortOrder: -1, version: 1 };

/**
 * Standard actions: one input per invocation, one element per input. One that fails undoes only itself; the others
 * stand, and the whole is HTTP 400 (platform convention; for these actions nothing is published).
 */
const runAction = serve(
  actionEndpoints.run,
  (loyalty, { params, body, version, writing }) => {
    const action = actionNamed(params.action, version);
    const inputs = inputList(body);
    const elements = action.isAllOrNone
      ? invokeAllOrNone(action, { loyalty, writing, version, inputs })
      : inputs.map((input) => invoke(action, { loyalty, writing, version, input }));
    return version < longerElements ? elements : elements.map((each) => ({ ...each, ...laterKeys }));
  },
  {
    // Whether there is such an action is asked first.
    readBody: (body: Readonly<Record<string, unknown>>) => body,
    status: (elements) => (elements.every(({ isSuccess }) => isSuccess) ? 200 : 400),
  },
);

const root = '/services/data/:version/actions/standard';
const listActions: Endpoint = {
  method: 'GET',
  path: root,
  handle: ({ path }) => ok({ actions: served.map(({ action }) => listedAction(action, path)) }),
};
const describeAction: Endpoint = {
  method: 'GET',
  path: `${root}/:action`,
  handle: ({ params, version }: OrgRequest) => ok(describedAction(actionNamed(params['action'] ?? '', version).action)),
};

export const actionHandlers = [runAction, () => listActions, () => describeAction];

/** An action under its name or an alias. @throws {OrgRefusal} 404, or 501 for one that an org has */
function actionNamed(name: string, version: number): ServedAction {
  const found = served.find(({ action }) => action.name === name || action.aliases.includes(name));
  if (found && version >= found.action.since) return found;
  throw !found && isAbsentAction(name, version) ? notImplemented(`the action ${name}`) : notFound();
}

/** @throws {OrgRefusal} 400: the code is inferred */
function inputList({ inputs }: Readonly<Record<string, unknown>>): unknown[] {
  if (Array.isArray(inputs) && inputs.length > 0) return inputs;
  throw new OrgRefusal(400, 'INVALID_INPUT', 'inputs has to be a list with at least one element');
}

interface Invocation {
  readonly loyalty: LoyaltyOrg;
  readonly writing: WriteContext;
  readonly version: number;
  readonly input: unknown;
}

/** Undoes what has succeeded if one fails. What an org then answers for the others is unpublished. */
function invokeAllOrNone(
  action: ServedAction,
  { loyalty, writing, version, inputs }: Omit<Invocation, 'input'> & { readonly inputs: readonly unknown[] },
): ActionResponse {
  let elements: ActionResponse = [];
  try {
    writing.store.transaction(() => {
      elements = inputs.map((input) => invoke(action, { loyalty, writing, version, input }));
      if (elements.some(({ isSuccess }) => !isSuccess)) throw new ProcessFailure('Another input failed.');
    });
    return elements;
  } catch (error) {
    if (!(error instanceof ProcessFailure)) throw error;
    const undone = { errors: [errorOf(error)], isSuccess: false, outputValues: null };
    return elements.map((each) => (each.isSuccess ? { ...each, ...undone } : each));
  }
}

function invoke({ action, run }: ServedAction, { loyalty, ...given }: Invocation): ActionResponse[number] {
  const { name: actionName } = action;
  try {
    const outputValues = given.writing.store.transaction(() => run(loyalty, given));
    return { actionName, errors: null, isSuccess: true, outputValues };
  } catch (error) {
    return { actionName, errors: [errorOf(error)], isSuccess: false, outputValues: null };
  }
}

function errorOf(error: unknown): { statusCode: string; message: string; fields: string[] } {
  if (error instanceof OrgRefusal) {
    return { statusCode: error.errorCode, message: error.message, fields: [...(error.fields ?? [])] };
  }
  if (error instanceof ProcessFailure) return { statusCode: 'INVALID_API_INPUT', message: error.message, fields: [] };
  throw error;
}
