// Written by `npm run business-objects`. Corrections belong into the definition that reads it.
export const profileTable = `
Description string(255) -
LastReferencedDate datetime -
LastViewedDate datetime -
Name string(255) -
UserLicenseId reference - to UserLicense as UserLicense
UserType picklist(40) - restricted : Standard | PowerPartner | PowerCustomerSuccess | CustomerSuccess | Guest | CspLitePortal | CsnOnly | SelfService
> Users User.ProfileId
`;
