import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { boolean, double, textField } from './customFieldTypes.js';
import type { CustomFields, NewOrg } from '../../../src/emulator/index.js';
import type { ProgramRules } from '../../../src/rules/index.js';
import { referredNames } from '../../../src/rules/source/referredNames.js';
import { processActions, processConditions, referencesOf } from '../../../src/rules/source/walkRules.js';

type Field = CustomFields[string][string];

/** Relationships of a journal whose custom fields rules read. */
const parents: Readonly<Record<string, string>> = { Member: 'LoyaltyProgramMember', Product: 'Product2' };

/** A folder with the rules, and files beside them. `await using` removes it. */
export class RulesFolder implements AsyncDisposable {
  private constructor(readonly path: string) {}

  static async of(rules: string, files: Readonly<Record<string, string>>): Promise<RulesFolder> {
    const folder = new RulesFolder(await mkdtemp(join(tmpdir(), 'loyalty-real-')));
    for (const name of ['loyaltyProgramSetups', 'decisionTables']) await mkdir(join(folder.path, name));
    await copyFile(rules, join(folder.path, 'loyaltyProgramSetups', basename(rules)));
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder.path, name), text);
    return folder;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.path, { recursive: true });
  }
}

/** Returns the custom fields that rules read and write. How they are used tells their types. */
export function customFieldsOf({ processes }: ProgramRules): CustomFields {
  const fields: Record<string, Record<string, Field>> = {};
  const add = (objectName: string, name: string, field: Field): void => {
    if (name.endsWith('__c')) (fields[objectName] ??= {})[name] ??= field;
  };
  for (const process of processes) {
    const types = new Map<string, Field>();
    for (const { criteria } of processConditions(process))
      for (const { field, operator, text = '' } of criteria)
        if (['true', 'false'].includes(text)) types.set(field, boolean());
        else if (/^(Less|Greater)/.test(operator)) types.set(field, double());
    for (const parameter of process.parameters.values())
      if (parameter.kind === 'Formula' && parameter.dataType === 'Numeric')
        types.set(/^\{!([\w.]+)\}$/.exec(parameter.formula.text)?.[1] ?? '', double());
    for (const [reference, type] of types) addReference(reference, type, add);
  }
  for (const process of processes) {
    for (const { reference } of referencesOf(process)) addReference(reference, textField(), add);
    for (const { type, target = '', inputs } of processActions(process)) {
      const objectName = type === 'Crud' ? target : type === 'RunProgramProcess' ? 'TransactionJournal' : '';
      for (const { name } of inputs) if (objectName !== '') add(objectName, name, textField());
    }
  }
  return fields;
}

function addReference(reference: string, type: Field, add: (objectName: string, name: string, field: Field) => void) {
  const [root, ...path] = reference.split('.');
  if (root !== 'TransactionJournal') return;
  const [first = '', second] = path;
  if (second === undefined) add('TransactionJournal', first, type);
  else if (parents[first] !== undefined) add(parents[first], second, type);
}

/** Creates what rules refer to by name, and a member for each number. */
export function createWhatRulesName(rules: ProgramRules, { store }: NewOrg, numbers: readonly string[]): void {
  const LoyaltyProgramId = store.insert('LoyaltyProgram', { Name: rules.label });
  const named = { LoyaltyProgramId };
  const make: Partial<Record<string, (Name: string) => unknown>> = {
    currencies: (Name) =>
      store.insert('LoyaltyProgramCurrency', {
        ...{ ...named, Name, CurrencyType: 'NonQualifying', IsActive: true, DoesAllowNegativeBalance: true },
      }),
    engagementAttributes: (Name) =>
      store.insert('LoyaltyPgmEngmtAttribute', { ...named, Name, StartDate: '2026-01-01', Status: 'Active' }),
    promotions: (Name) => store.insert('Promotion', { ...named, Name, StartDate: '2026-01-01', IsActive: true }),
    voucherDefinitions: (Name) =>
      store.insert('VoucherDefinition', {
        ...{ ...named, Name, IsActive: true, Type: 'FixedValue', FaceValue: 10, EffectiveDate: '2026-01-01' },
        ...{ ExpirationType: 'FixedDate', ExpirationDate: '2027-12-31' },
      }),
  };
  for (const name of new Set([...referredNames(rules)].map((each) => JSON.stringify([each.part, each.name])))) {
    const [part, text] = JSON.parse(name) as [string, string];
    make[part]?.(text);
  }
  for (const { journalType, journalSubType } of rules.processes) {
    if (journalType === undefined) continue;
    const type = store.first('JournalType', { Name: journalType });
    const JournalTypeId = type?.Id ?? store.insert('JournalType', { Name: journalType });
    if (journalSubType !== undefined && !store.first('JournalSubType', { Name: journalSubType, JournalTypeId }))
      store.insert('JournalSubType', { Name: journalSubType, JournalTypeId });
  }
  for (const MembershipNumber of numbers) {
    const ContactId = store.insert('Contact', { LastName: MembershipNumber });
    store.insert('LoyaltyProgramMember', {
      ...{ MembershipNumber, ContactId, ProgramId: LoyaltyProgramId },
      ...{ MemberStatus: 'Active', MemberType: 'Individual', EnrollmentDate: '2026-11-01' },
    });
  }
}
