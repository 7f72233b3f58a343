import { join } from 'node:path';

/** The source folder that this package brings for orgs: see docs/org-setup.md. */
export const packageSource = join(import.meta.dirname, '../../force-app');
