/** Types of metadata that take effect beyond the objects of an org. */
export const decisionTableType = 'DecisionTable';
export const permissionSetType = 'PermissionSet';
export const programSetupType = 'LoyaltyProgramSetup';
