import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SfError } from '@salesforce/core';
import { expect } from 'chai';
import { openDatabase } from '../../src/base/sqlite.js';
import { explainedError } from '../../src/cli/explain.js';

describe('a disk that fails under an outbox', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'disk-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it('is told with what to do next: a full disk', () => {
    const db = openDatabase(join(folder, 'outbox.sqlite'));
    db.exec('CREATE TABLE t (x); PRAGMA max_page_count = 2');
    const explained = explainedError(errorOf(() => db.exec('INSERT INTO t VALUES (randomblob(100000))')));
    db.close();
    expect(explained.message).to.include('disk is full');
    expect(actionsOf(explained)).to.include('sync resume');
  });

  it('is told with what to do next: a disk that cannot be written to', () => {
    const path = join(folder, 'outbox.sqlite');
    openDatabase(path).close();
    const db = openDatabase(path, { readOnly: true });
    const explained = explainedError(errorOf(() => db.exec('CREATE TABLE t (x)')));
    db.close();
    expect(actionsOf(explained)).to.include('make it writable');
  });
});

function actionsOf(error: Error): string {
  return error instanceof SfError ? (error.actions ?? []).join(' ') : '';
}

function errorOf(work: () => unknown): Error {
  try {
    work();
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error('Nothing was thrown.');
}
