export const rulesFile = 'loyaltyProgramSetups/Harbour_Rewards.loyaltyProgramSetup-meta.xml';

/** Rules of the example program: a Star for an amount of more than 5, and a rule that has ended. */
export const rulesOfLargeSales = `<LoyaltyProgramSetup><label>Harbour Rewards</label>
<programProcesses><processName>Accrual</processName><processType>TransactionJournal</processType>
<executionType>RealTime</executionType><journalType>Accrual</journalType><status>Active</status>
<rules><ruleName>Base</ruleName><status>Active</status>
<actions><actionName>Credit</actionName><actionType>CreditPoints</actionType>
<actionParameters><parameterName>ProgramCurrencyName</parameterName><value>"Stars"</value></actionParameters>
<actionParameters><parameterName>PointsToCredit</parameterName><value>1</value></actionParameters></actions>
<conditions><conditionName>Is large</conditionName><conditionType>Condition</conditionType><conditionCriteria>1</conditionCriteria>
<conditionFilterCriteria><sequence>1</sequence><operator>GreaterThan</operator>
<sourceFieldName>TransactionJournal.TransactionAmount</sourceFieldName><value>5</value><valueType>Literal</valueType>
</conditionFilterCriteria></conditions>
<stepMappings><associatedStep>Is large</associatedStep><sequence>1</sequence></stepMappings>
<stepMappings><associatedStep>Credit</associatedStep><parentStep>Is large</parentStep><sequence>1</sequence></stepMappings>
</rules>
<rules><ruleName>Last year</ruleName><status>Active</status><endDate>2020-12-31</endDate><previousRule>Base</previousRule></rules>
</programProcesses></LoyaltyProgramSetup>`;
