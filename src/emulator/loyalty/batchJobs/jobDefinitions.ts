import type { Parameters } from '../../../contract/parameter.js';
import { flag, optional, textParameter } from '../../../contract/parameter.js';
import type { LoyaltyOrg } from '../loyaltyOrg.js';
import type { PointsJobName } from '../pointsJobs/allPointsJobs.js';
import type { Store } from '../../store/store.js';

/** A definition of the org that can be started by a custom action. */
export interface JobDefinition {
  readonly name: string;
  readonly label: string;
  /** What it does: runs Pending journals, or one of the jobs that work program by program. */
  readonly job: PointsJobName | 'journals';
}

/** How the definitions of one engine are listed, described and started. */
export interface JobEngine {
  /** Type of the custom action. */
  readonly action: 'batchJobAction' | 'dataProcessingEngineAction';
  /** The view that lists its definitions. */
  readonly view: 'BatchCalcJobDefinitionView' | 'BatchProcessJobDefView';
  readonly type: 'Calc' | 'LoyaltyProgramProcess';
  readonly definitions: readonly JobDefinition[];
  readonly inputs: Parameters;
  /** What the definitions have in the view, beside name and label. */
  readonly rows: (definition: JobDefinition) => Readonly<Record<string, string | boolean>>;
}

export const startedOutputs: Parameters = { batchJobId: textParameter, accepted: flag };

/** Batch Management. An org has the definitions that its administrator has made, by any name. */
export const batchManagement: JobEngine = {
  action: 'batchJobAction',
  view: 'BatchProcessJobDefView',
  type: 'LoyaltyProgramProcess',
  inputs: {},
  definitions: [
    { name: 'Process_Transaction_Journals', label: 'Process Transaction Journals', job: 'journals' },
    { name: 'Assess_Member_Tiers', label: 'Assess Member Tiers', job: 'assessTiers' },
  ],
  rows: ({ label, job }) => ({
    Label: label,
    Type: 'LoyaltyProgramProcess',
    SourceObjectName: job === 'journals' ? 'TransactionJournal' : 'LoyaltyProgramMember',
    TypeInstance: job === 'journals' ? 'Transaction_Journals' : 'TierProcessing',
  }),
};

/**
 * The Data Processing Engine, with an active copy of each template that this org can carry out. Labels are those of Help;
 * the names of the templates are not published.
 */
export const calculations: JobEngine = {
  action: 'dataProcessingEngineAction',
  view: 'BatchCalcJobDefinitionView',
  type: 'Calc',
  // Ours: what a template takes is not published.
  inputs: { program_name: optional(textParameter) },
  definitions: [
    template('Roll Over Escrow Points to Members', 'rollOverEscrow'),
    template('Identify and Update Activity Dates for Loyalty Program Members', 'updateActivityDates'),
    template('Expire Fixed Non-Qualifying Points', 'expireFixedPoints'),
    template('Expire Activity Based Non-Qualifying Points', 'expireInactivePoints'),
    template('Reset Qualifying Points', 'resetQualifyingPoints'),
  ],
  rows: ({ name, label }) => ({
    ...{ MasterLabel: label, DurableId: name, ProcessType: 'Loyalty', ExecutionPlatformType: 'CRMA' },
    ...{ DefinitionRunMode: 'Batch', IsTemplate: false },
  }),
};

/** Adds the definitions that the org lacks. */
export function seedJobDefinitions(store: Store): void {
  for (const { view, definitions, rows } of [batchManagement, calculations]) {
    for (const definition of definitions) {
      if (store.first(view, { Name: definition.name })) continue;
      store.insert(view, { Name: definition.name, IsActive: true, ...rows(definition) }, { as: 'org' });
    }
  }
}

/** Those that are active in the org. */
export function activeDefinitions({ org: { store } }: LoyaltyOrg, { view, definitions }: JobEngine): JobDefinition[] {
  const names = new Set(store.find(view, { IsActive: true }).map(({ Name }) => Name));
  return definitions.filter(({ name }) => names.has(name));
}

function template(label: string, job: PointsJobName): JobDefinition {
  return { name: label.replace(/\W+/g, '_'), label, job };
}
