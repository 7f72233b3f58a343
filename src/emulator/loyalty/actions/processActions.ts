import { isJsonObject } from '../../../base/jsonObject.js';
import { actionEndpoints } from '../../../contract/endpoints/actionEndpoints.js';
import type { ActionResponse } from '../../../contract/endpoints/actionEndpoints.js';
import { ok } from '../../http/orgEndpoint.js';
import type { Org } from '../../org.js';
import { notFound, notImplemented } from '../../orgRefusal.js';
import type { Store } from '../../store/store.js';
import type { SObjectRow } from '../../store/tables/objectTable.js';
import type { LoyaltyOrg } from '../loyaltyOrg.js';
import { parametersOfProcess, runStoredProcess } from '../processes/runStoredProcess.js';
import { ProcessFailure } from '../processFailure.js';
import { programText } from '../programDirectory.js';
import type { Program } from '../programDirectory.js';
import { serve } from '../serve.js';
import type { ServedResource } from '../serve.js';
import type { WriteContext } from '../writeContext.js';
import { describedAction, listedAction } from './describedAction.js';

const type = 'runProgramProcess';
const separator = '_SLI_';

/** An active process of an active program, as the custom action that an org makes of it. */
interface ProcessAction {
  readonly name: string;
  readonly program: Program;
  readonly process: SObjectRow;
}

/**
 * Custom actions `runProgramProcess/{Program}_SLI_{Process}` (guide: "Run Program Process", v56): the processes of all
 * programs, with the spaces of their names as underscores. The outputs are flat. A process with several results, such as
 * GetMemberPromotions, has them in `results` (inferred).
 */
const runProcessAction = serve(
  actionEndpoints.runCustom,
  (loyalty, { params, body, writing }) => {
    const action = actionNamed(writing.store, params);
    return body.inputs.map((input) => invoke(action, { loyalty, writing, input }));
  },
  { status: (elements) => (elements.every(({ isSuccess }) => isSuccess) ? 200 : 400) },
);

const root = '/services/data/:version/actions/custom';

const listProcessActions: ServedResource = ({ org }) => ({
  method: 'GET',
  path: `${root}/${type}`,
  since: 56,
  handle: ({ path }) =>
    ok({ actions: actionsOf(org.store).map((action) => listedAction(asAction(org, action), path)) }),
});

const describeProcessAction: ServedResource = ({ org }) => ({
  method: 'GET',
  path: `${root}/:type/:action`,
  since: 56,
  handle: ({ params }) =>
    ok({
      ...describedAction(
        asAction(org, actionNamed(org.store, { type: params['type'] ?? '', action: params['action'] ?? '' })),
      ),
      standard: false,
      type: type.toUpperCase(),
    }),
});

export const processActionHandlers = [runProcessAction, listProcessActions, describeProcessAction];

function actionsOf(store: Store): ProcessAction[] {
  return store.find('LoyaltyProgram', { Status: 'Active' }).flatMap((row) => {
    const program = { id: row.Id, name: programText(row, 'Name') };
    return store
      .find('LoyaltyProgramProcess', { LoyaltyProgramId: row.Id, Status: 'Active' })
      .filter(({ ProcessType }) => ProcessType !== 'TransactionJournal')
      .map((process) => ({
        name: nameOf(program.name) + separator + nameOf(programText(process, 'Name')),
        program,
        process,
      }));
  });
}

/** @throws {OrgRefusal} 501 for a custom action of another type, 404 for an unknown process */
function actionNamed(store: Store, wanted: { readonly type: string; readonly action: string }): ProcessAction {
  if (wanted.type !== type) throw notImplemented(`custom actions of type ${wanted.type}`);
  const found = actionsOf(store).find(({ name }) => name.toLowerCase() === wanted.action.toLowerCase());
  if (!found) throw notFound();
  return found;
}

function nameOf(text: string): string {
  return text.replace(/ /g, '_');
}

function asAction(org: Org, { name, program, process }: ProcessAction): Parameters<typeof describedAction>[0] {
  return { name, label: programText(process, 'Name'), ...parametersOfProcess(org, program, process) };
}

interface Invocation {
  readonly loyalty: LoyaltyOrg;
  readonly writing: WriteContext;
  readonly input: unknown;
}

/** One input. One that fails undoes only itself. The guide types these errors as texts. */
function invoke(
  { name, program, process }: ProcessAction,
  { loyalty, writing, input }: Invocation,
): ActionResponse[number] {
  try {
    const given = isJsonObject(input) ? input : {};
    const results = writing.store.transaction(() => runStoredProcess({ loyalty, writing, program, process }, given));
    const outputValues = results.length > 1 ? { results } : (results[0] ?? {});
    return { actionName: name, errors: null, isSuccess: true, outputValues };
  } catch (error) {
    if (!(error instanceof ProcessFailure)) throw error;
    return { actionName: name, errors: [error.message], isSuccess: false, outputValues: null };
  }
}
