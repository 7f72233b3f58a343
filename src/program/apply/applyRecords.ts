import { collectionLimits } from '../../client/index.js';
import type { FieldValues } from '../../client/index.js';
import type { PlanEntry, PlanSource } from '../plan/programPlan.js';
import type { ProgramRecord } from '../records/programRecord.js';
import type { Application } from './application.js';
import { giveWay } from './simultaneousCreation.js';

type RecordSource = Extract<PlanSource, { kind: 'record' }>;
type RecordEntry = PlanEntry & { readonly source: RecordSource };

/**
 * Creates and changes records. One request has records that do not refer to each other, and the org stores all of them
 * or none.
 */
export async function applyRecords(application: Application, entries: readonly PlanEntry[]): Promise<void> {
  const records = entries.filter((entry): entry is RecordEntry => entry.source.kind === 'record');
  for (const entry of records) {
    if (entry.id === undefined) continue;
    application.ids.set(entry.source.record, entry.id);
    if (entry.action === 'leave') application.done(entry, entry.id);
  }
  for (const layer of layersOf(records)) {
    for (const call of callsOf(layer.filter(({ action }) => action === 'create'))) {
      await create(application, call);
      await giveWay(application, call);
    }
    for (const call of callsOf(layer.filter(({ action }) => action === 'change'))) await change(application, call);
  }
}

async function create(application: Application, call: readonly RecordEntry[]): Promise<void> {
  const rows = call.map(({ object, source }) => ({ object, fields: writtenValues(application, source) }));
  const ids = await application.attempt(call, () => application.client.sobjects.collections.create(rows));
  for (const [index, entry] of call.entries()) {
    const id = ids[index] ?? '';
    application.ids.set(entry.source.record, id);
    application.done(entry, id);
  }
}

async function change(application: Application, call: readonly RecordEntry[]): Promise<void> {
  const rows = call.map(({ object, id = '', source }) => ({ object, id, fields: writtenValues(application, source) }));
  await application.attempt(call, () => application.client.sobjects.collections.update(rows));
  for (const entry of call) application.done(entry, entry.id ?? '');
}

/** Deletes records, in the order given. */
export async function deleteRecords(application: Application, entries: readonly PlanEntry[]): Promise<void> {
  const surplus = entries.filter(({ action }) => action === 'delete');
  // The Ids stand in the address, which an org takes up to 16,384 bytes of.
  for (const call of callsOf(surplus)) {
    const ids = call.map(({ id = '' }) => id);
    await application.attempt(call, () => application.client.sobjects.collections.delete(ids));
    for (const entry of call) application.done(entry, entry.id ?? '');
  }
}

function writtenValues({ ids }: Application, { record, changed }: RecordSource): FieldValues {
  return Object.fromEntries(
    changed.map((field) => {
      const target = record.references[field];
      return [field, target ? (ids.get(target) ?? null) : (record.fields[field] ?? null)] as const;
    }),
  );
}

/**
 * Groups entries so that each group refers to earlier ones alone. An entry is always in the same group, whatever an
 * earlier attempt has already created.
 */
function layersOf(entries: readonly RecordEntry[]): RecordEntry[][] {
  const depths = new Map<ProgramRecord, number>();
  const layers: RecordEntry[][] = [];
  for (const entry of entries) {
    const { record } = entry.source;
    const depth = Math.max(-1, ...Object.values(record.references).map((target) => depths.get(target) ?? 0)) + 1;
    depths.set(record, depth);
    (layers[depth] ??= []).push(entry);
  }
  return layers;
}

/** Splits entries into requests. */
function callsOf<Entry extends PlanEntry>(entries: readonly Entry[]): Entry[][] {
  const calls: Entry[][] = [];
  let sequences = 0;
  let previous: string | undefined;
  for (const entry of entries) {
    if (entry.object !== previous) sequences += 1;
    const last = calls.at(-1);
    if (!last || last.length === collectionLimits.records || sequences > collectionLimits.sequences) {
      calls.push([entry]);
      sequences = 1;
    } else {
      last.push(entry);
    }
    previous = entry.object;
  }
  return calls;
}
