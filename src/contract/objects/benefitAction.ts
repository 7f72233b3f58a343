import { allReadOnly, checkbox, picklist, textField, textArea } from '../fields.js';
import type { SObjectDefinition } from '../sobject.js';
import { guessedKeyPrefix } from './guessedKeyPrefixes.js';

/**
 * A flow that a benefit runs.
 * API 51 and later. Loyalty Management Developer Guide, "BenefitAction". Fields are those in the describe of a real
 * org. Lengths, flags and the first version are assumed.
 */
export const benefitAction: SObjectDefinition = {
  name: 'BenefitAction',
  label: 'Benefit Action',
  labelPlural: 'Benefit Actions',
  keyPrefix: guessedKeyPrefix.BenefitAction,
  since: 51,
  fields: allReadOnly({
    Description: textArea(),
    DeveloperName: textField(80),
    FlowDefinition: textField(),
    FlowInstance: textField(),
    IsActive: checkbox(),
    IsBenefitExpirationAllowed: checkbox(),
    IsBenefitUpdateAllowed: checkbox(),
    Language: picklist([]),
    MasterLabel: textField(),
    MemberBenefitVariableName: textField(),
    NamespacePrefix: textField(15),
    ProcessType: picklist([]),
    Type: picklist([]),
  }),
  children: [
    { name: 'BenefitActions', childObject: 'Benefit', field: 'BenefitActionId' },
    { name: 'BenefitParameterActions', childObject: 'BenefitActionParameter', field: 'BenefitActionId' },
  ],
};
