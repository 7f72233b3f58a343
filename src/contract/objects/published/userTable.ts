// Written by `npm run business-objects`. Corrections belong into the definition that reads it.
export const userTable = `
AboutMe textarea(1000) cu
AccountId reference - to Account as Account
Address address -
Alias string(8) cu required
BadgeText string(80) - "User Photo badge text overlay"
BannerPhotoUrl url(1024) - "Url for banner photo"
CallCenterId reference cu to CallCenter
City string(40) cu in Address
CommunityNickname string(40) cu "Nickname"
CompanyName string(80) cu
ContactId reference c refuse to Contact as Contact
Country string(80) cu in Address
DefaultGroupNotificationFrequency picklist(40) cu restricted default=N "Default Notification Frequency when Joining Groups" : P | D | W | N
DelegatedApproverId reference cu to Group,User
Department string(80) cu
DigestFrequency picklist(40) cu restricted default=N "Chatter Email Highlights Frequency" : D | W | N
Division string(80) cu
Email email(128) cu required idLookup
EmailEncodingKey picklist(40) cu required restricted "Email Encoding" : UTF-8 | ISO-8859-1 | Shift_JIS | ISO-2022-JP | EUC-JP | ks_c_5601-1987 | Big5 | GB2312 | Big5-HKSCS | x-SJIS_0213
EmailPreferencesAutoBcc boolean cu "AutoBcc"
EmailPreferencesAutoBccStayInTouch boolean cu "AutoBccStayInTouch"
EmailPreferencesStayInTouchReminder boolean cu "StayInTouchReminder"
EmployeeNumber string(20) cu
Extension phone(40) cu
Fax phone(40) cu
FederationIdentifier string(512) cu "SAML Federation ID"
FirstName string(40) cu in Name
ForecastEnabled boolean cu "Allow Forecasting"
FullPhotoUrl url(1024) - "Url for full-sized Photo"
GeocodeAccuracy picklist(40) cu restricted in Address : Address | NearAddress | Block | Street | ExtendedZip | Zip | Neighborhood | City | County | State | Unknown
IndividualId reference cu to Individual as Individual
IsActive boolean cu default=true "Active"
IsExtIndicatorVisible boolean - "Show external indicator"
IsPortalEnabled boolean -
IsProfilePhotoActive boolean - "Has Profile Photo"
JigsawImportLimitOverride int(9) cu "Data.com Monthly Addition Limit"
LanguageLocaleKey picklist(40) cu required restricted "Language" : en_US | de | es | fr | it | ja | sv | ko | zh_TW | zh_CN | pt_BR | nl_NL | da | th | fi | ru | es_MX | no
LastLoginDate datetime - "Last Login"
LastName string(80) cu required in Name
LastPasswordChangeDate datetime - "Last Password Change or Reset"
LastReferencedDate datetime -
LastViewedDate datetime -
Latitude double(18,15) cu in Address
LocaleSidKey picklist(40) cu required "Locale"
Longitude double(18,15) cu in Address
ManagerId reference cu to User as Manager
MediumBannerPhotoUrl url(1024) - "Url for Android banner photo"
MediumPhotoUrl url(1024) - "Url for medium profile photo"
MobilePhone phone(40) cu "Mobile"
Name string(121) - "Full Name"
NumberOfFailedLogins int(9) - "Failed Login Attempts"
OfflinePdaTrialExpirationDate datetime - "Sales Anywhere Trial Expiration Date"
OfflineTrialExpirationDate datetime - "Offline Edition Trial Expiration Date"
OutOfOfficeMessage string(40) - "Out of office message"
Phone phone(40) cu
PortalRole picklist(40) c restricted "Portal Role Level" : Executive | Manager | Worker | PersonAccount
PostalCode string(20) cu in Address "Zip/Postal Code"
ProfileId reference cu required to Profile as Profile
ReceivesAdminInfoEmails boolean cu "Admin Info Emails"
ReceivesInfoEmails boolean cu "Info Emails"
SenderEmail email(80) cu "Email Sender Address"
SenderName string(80) cu "Email Sender Name"
Signature textarea(1333) cu "Email Signature"
SmallBannerPhotoUrl url(1024) - "Url for IOS banner photo"
SmallPhotoUrl url(1024) - "Photo"
State string(80) cu in Address "State/Province"
StayInTouchNote string(512) cu "Stay-in-Touch Email Note"
StayInTouchSignature textarea(512) cu "Stay-in-Touch Email Signature"
StayInTouchSubject string(80) cu "Stay-in-Touch Email Subject"
Street textarea(255) cu in Address
TimeZoneSidKey picklist(40) cu required "Time Zone"
Title string(80) cu
UserPermissionsCallCenterAutoLogin boolean cu "Auto-login To Call Center"
UserPermissionsInteractionUser boolean cu "Flow User"
UserPermissionsJigsawProspectingUser boolean cu "Data.com User"
UserPermissionsKnowledgeUser boolean cu "Knowledge User"
UserPermissionsMarketingUser boolean cu "Marketing User"
UserPermissionsOfflineUser boolean cu "Offline User"
UserPermissionsSFContentUser boolean cu "Salesforce CRM Content User"
UserPermissionsSiteforceContributorUser boolean cu "Site.com Contributor User"
UserPermissionsSiteforcePublisherUser boolean cu "Site.com Publisher User"
UserPermissionsSupportUser boolean cu "Service Cloud User"
UserPermissionsWorkDotComUserFeature boolean cu "WDC User"
UserPreferencesActivityRemindersPopup boolean cu "ActivityRemindersPopup"
UserPreferencesApexPagesDeveloperMode boolean cu "ApexPagesDeveloperMode"
UserPreferencesCacheDiagnostics boolean cu "CacheDiagnostics"
UserPreferencesContentEmailAsAndWhen boolean cu "ContentEmailAsAndWhen"
UserPreferencesContentNoEmail boolean cu "ContentNoEmail"
UserPreferencesCreateLEXAppsWTShown boolean cu "CreateLEXAppsWTShown"
UserPreferencesDisCommentAfterLikeEmail boolean cu "DisCommentAfterLikeEmail"
UserPreferencesDisMentionsCommentEmail boolean cu "DisMentionsCommentEmail"
UserPreferencesDisProfPostCommentEmail boolean cu "DisProfPostCommentEmail"
UserPreferencesDisableAllFeedsEmail boolean cu "DisableAllFeedsEmail"
UserPreferencesDisableBookmarkEmail boolean cu "DisableBookmarkEmail"
UserPreferencesDisableChangeCommentEmail boolean cu "DisableChangeCommentEmail"
UserPreferencesDisableEndorsementEmail boolean cu "DisableEndorsementEmail"
UserPreferencesDisableFileShareNotificationsForApi boolean cu "DisableFileShareNotificationsForApi"
UserPreferencesDisableFollowersEmail boolean cu "DisableFollowersEmail"
UserPreferencesDisableLaterCommentEmail boolean cu "DisableLaterCommentEmail"
UserPreferencesDisableLikeEmail boolean cu "DisableLikeEmail"
UserPreferencesDisableMentionsPostEmail boolean cu "DisableMentionsPostEmail"
UserPreferencesDisableMessageEmail boolean cu "DisableMessageEmail"
UserPreferencesDisableProfilePostEmail boolean cu "DisableProfilePostEmail"
UserPreferencesDisableSharePostEmail boolean cu "DisableSharePostEmail"
UserPreferencesEnableAutoSubForFeeds boolean cu "EnableAutoSubForFeeds"
UserPreferencesEventRemindersCheckboxDefault boolean cu "EventRemindersCheckboxDefault"
UserPreferencesExcludeMailAppAttachments boolean cu "ExcludeMailAppAttachments"
UserPreferencesFavoritesShowTopFavorites boolean cu "FavoritesShowTopFavorites"
UserPreferencesFavoritesWTShown boolean cu "FavoritesWTShown"
UserPreferencesGlobalNavBarWTShown boolean cu "GlobalNavBarWTShown"
UserPreferencesGlobalNavGridMenuWTShown boolean cu "GlobalNavGridMenuWTShown"
UserPreferencesHasCelebrationBadge boolean cu "HasCelebrationBadge"
UserPreferencesHasSentWarningEmail boolean cu "HasSentWarningEmail"
UserPreferencesHasSentWarningEmail238 boolean cu "HasSentWarningEmail238"
UserPreferencesHasSentWarningEmail240 boolean cu "HasSentWarningEmail240"
UserPreferencesHideBiggerPhotoCallout boolean cu "HideBiggerPhotoCallout"
UserPreferencesHideCSNDesktopTask boolean cu "HideCSNDesktopTask"
UserPreferencesHideCSNGetChatterMobileTask boolean cu "HideCSNGetChatterMobileTask"
UserPreferencesHideChatterOnboardingSplash boolean cu "HideChatterOnboardingSplash"
UserPreferencesHideEndUserOnboardingAssistantModal boolean cu "HideEndUserOnboardingAssistantModal"
UserPreferencesHideLightningMigrationModal boolean cu "HideLightningMigrationModal"
UserPreferencesHideS1BrowserUI boolean cu "HideS1BrowserUI"
UserPreferencesHideSecondChatterOnboardingSplash boolean cu "HideSecondChatterOnboardingSplash"
UserPreferencesHideSfxWelcomeMat boolean cu "HideSfxWelcomeMat"
UserPreferencesJigsawListUser boolean cu "JigsawListUser"
UserPreferencesLightningExperiencePreferred boolean cu "LightningExperiencePreferred"
UserPreferencesLiveAgentMiawSetupDeflection boolean cu "LiveAgentMiawSetupDeflection"
UserPreferencesNativeEmailClient boolean cu "NativeEmailClient"
UserPreferencesNewLightningReportRunPageEnabled boolean cu "NewLightningReportRunPageEnabled"
UserPreferencesPathAssistantCollapsed boolean cu "PathAssistantCollapsed"
UserPreferencesPreviewCustomTheme boolean cu "PreviewCustomTheme"
UserPreferencesPreviewLightning boolean cu "PreviewLightning"
UserPreferencesReceiveNoNotificationsAsApprover boolean cu "ReceiveNoNotificationsAsApprover"
UserPreferencesReceiveNotificationsAsDelegatedApprover boolean cu "ReceiveNotificationsAsDelegatedApprover"
UserPreferencesRecordHomeReservedWTShown boolean cu "RecordHomeReservedWTShown"
UserPreferencesRecordHomeSectionCollapseWTShown boolean cu "RecordHomeSectionCollapseWTShown"
UserPreferencesReminderSoundOff boolean cu "ReminderSoundOff"
UserPreferencesReverseOpenActivitiesView boolean cu "ReverseOpenActivitiesView"
UserPreferencesSRHOverrideActivities boolean cu "SRHOverrideActivities"
UserPreferencesShowCityToExternalUsers boolean cu "ShowCityToExternalUsers"
UserPreferencesShowCityToGuestUsers boolean cu "ShowCityToGuestUsers"
UserPreferencesShowCountryToExternalUsers boolean cu "ShowCountryToExternalUsers"
UserPreferencesShowCountryToGuestUsers boolean cu "ShowCountryToGuestUsers"
UserPreferencesShowEmailToExternalUsers boolean cu "ShowEmailToExternalUsers"
UserPreferencesShowEmailToGuestUsers boolean cu "ShowEmailToGuestUsers"
UserPreferencesShowFaxToExternalUsers boolean cu "ShowFaxToExternalUsers"
UserPreferencesShowFaxToGuestUsers boolean cu "ShowFaxToGuestUsers"
UserPreferencesShowForecastingChangeSignals boolean cu "ShowForecastingChangeSignals"
UserPreferencesShowForecastingRoundedAmounts boolean cu "ShowForecastingRoundedAmounts"
UserPreferencesShowManagerToExternalUsers boolean cu "ShowManagerToExternalUsers"
UserPreferencesShowManagerToGuestUsers boolean cu "ShowManagerToGuestUsers"
UserPreferencesShowMobilePhoneToExternalUsers boolean cu "ShowMobilePhoneToExternalUsers"
UserPreferencesShowMobilePhoneToGuestUsers boolean cu "ShowMobilePhoneToGuestUsers"
UserPreferencesShowPostalCodeToExternalUsers boolean cu "ShowPostalCodeToExternalUsers"
UserPreferencesShowPostalCodeToGuestUsers boolean cu "ShowPostalCodeToGuestUsers"
UserPreferencesShowProfilePicToGuestUsers boolean cu "ShowProfilePicToGuestUsers"
UserPreferencesShowStateToExternalUsers boolean cu "ShowStateToExternalUsers"
UserPreferencesShowStateToGuestUsers boolean cu "ShowStateToGuestUsers"
UserPreferencesShowStreetAddressToExternalUsers boolean cu "ShowStreetAddressToExternalUsers"
UserPreferencesShowStreetAddressToGuestUsers boolean cu "ShowStreetAddressToGuestUsers"
UserPreferencesShowTerritoryTimeZoneShifts boolean cu "ShowTerritoryTimeZoneShifts"
UserPreferencesShowTitleToExternalUsers boolean cu "ShowTitleToExternalUsers"
UserPreferencesShowTitleToGuestUsers boolean cu "ShowTitleToGuestUsers"
UserPreferencesShowWorkPhoneToExternalUsers boolean cu "ShowWorkPhoneToExternalUsers"
UserPreferencesShowWorkPhoneToGuestUsers boolean cu "ShowWorkPhoneToGuestUsers"
UserPreferencesSortFeedByComment boolean cu "SortFeedByComment"
UserPreferencesSuppressEventSFXReminders boolean cu "SuppressEventSFXReminders"
UserPreferencesSuppressTaskSFXReminders boolean cu "SuppressTaskSFXReminders"
UserPreferencesTaskRemindersCheckboxDefault boolean cu "TaskRemindersCheckboxDefault"
UserPreferencesUserDebugModePref boolean cu "UserDebugModePref"
UserRoleId reference cu to UserRole as UserRole "Role ID"
UserType picklist(40) - restricted : Standard | PowerPartner | PowerCustomerSuccess | CustomerSuccess | Guest | CspLitePortal | CsnOnly | SelfService
Username string(80) cu required idLookup
> DelegatedUsers User.DelegatedApproverId
> ManagedUsers User.ManagerId
`;
