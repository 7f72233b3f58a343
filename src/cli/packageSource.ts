import { join } from 'node:path';

/** The source folder of this package that can be deployed to an org: see docs/org-setup.md. */
export const packageSource = join(import.meta.dirname, '../../force-app');
