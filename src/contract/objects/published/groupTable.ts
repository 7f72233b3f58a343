// Written by `npm run business-objects`. Corrections belong into the definition that reads it.
export const groupTable = `
DeveloperName string(80) cu
DoesIncludeBosses boolean cu "Include Bosses"
DoesSendEmailToMembers boolean cu "Send Email to Members"
Email email(255) -
Name string(40) cu required
OwnerId reference cu defaulted to Organization,User as Owner
RelatedId reference - to User,UserRole as Related
Type picklist(40) c restricted : AllCustomerPortal | ChannelProgramGroup | CollaborationGroup | Manager | ManagerAndSubordinatesInternal | Organization | Participant | PRMOrganization | Queue | Regular | Role | RoleAndSubordinates | RoleAndSubordinatesInternal | SharingRecordCollGroup | Territory | TerritoryAndSubordinates
> DelegatedUsers User.DelegatedApproverId
`;
