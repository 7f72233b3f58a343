import type { LoyaltyClient } from '../client/index.js';
import type { ProgramReader } from './org/readOrgProgram.js';

/** The parts of {@link LoyaltyClient} that planning and applying a program use. */
export interface ProgramClient extends ProgramReader {
  readonly sobjects: Pick<LoyaltyClient['sobjects'], 'describe' | 'collections'>;
  readonly members: Pick<LoyaltyClient['members'], 'find' | 'enroll'>;
  readonly actions: Pick<LoyaltyClient['actions'], 'run'>;
  readonly orgTime: LoyaltyClient['orgTime'];
}
