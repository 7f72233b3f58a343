import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Gives each test a folder for temporary files that nobody else uses. Returns what tells its path. */
export function ownTemporaryFolder(): () => string {
  const usual = process.env['TMPDIR'];
  let folder = '';

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'loyalty-temporary-'));
    process.env['TMPDIR'] = folder;
  });

  afterEach(() => {
    if (usual === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = usual;
    rmSync(folder, { recursive: true });
  });

  return () => folder;
}
