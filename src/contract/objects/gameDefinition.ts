import { checkbox, crud, dateTime, int, nameField, owner, picklist, textArea } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';

/**
 * A game.
 * API 60 and later. Loyalty Management Developer Guide, "GameDefinition".
 */
export const gameDefinition: SObjectDefinition = {
  name: 'GameDefinition',
  label: 'Game Definition',
  labelPlural: 'Game Definitions',
  keyPrefix: '3GD',
  since: 60,
  ...crud,
  fields: {
    Description: textArea(1000),
    EndDate: dateTime(),
    ExpirationPeriod: int(),
    ExpirationPeriodUnit: picklist(['Days', 'Months']),
    IsGameAssignmentRequired: checkbox(),
    Name: nameField(),
    OwnerId: owner(),
    StartDate: dateTime({ required: true }),
    Status: picklist(['Draft', 'Active', 'Inactive'], { required: true }),
    TimeoutDuration: int(),
    Type: picklist(['Scratchcard', 'SpintheWheel'], { required: true }),
  },
  children: [
    { name: 'GameDefinitions', childObject: 'Promotion', field: 'GameDefinitionId' },
    { name: 'RewardsForGameDefinition', childObject: 'GameReward', field: 'GameDefinitionId' },
    { name: 'SourceActivities', childObject: 'GameParticipantReward', field: 'SourceActivityId' },
  ],
};
