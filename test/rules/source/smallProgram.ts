/** A small program, each part of which other tests break. */
export const smallProgram = `<?xml version="1.0" encoding="UTF-8"?>
<LoyaltyProgramSetup xmlns="http://soap.sforce.com/2006/04/metadata">
    <label>Pier Club</label>
    <programProcesses>
        <executionType>RealTime</executionType>
        <journalType>Accrual</journalType>
        <processName>Purchases</processName>
        <processType>TransactionJournal</processType>
        <status>Active</status>
        <parameters>
            <dataType>Numeric</dataType>
            <decimalPlaces>0</decimalPlaces>
            <isCollection>false</isCollection>
            <parameterName>Points</parameterName>
            <parameterType>Variable</parameterType>
        </parameters>
        <parameters>
            <dataType>Numeric</dataType>
            <parameterName>Target</parameterName>
            <parameterType>Constant</parameterType>
            <value>200</value>
        </parameters>
        <parameters>
            <dataType>Numeric</dataType>
            <parameterName>Missing</parameterName>
            <parameterType>Formula</parameterType>
            <value>{!Target} - {!Points}</value>
        </parameters>
        <rules>
            <actions>
                <actionName>Get the balance</actionName>
                <actionParameters>
                    <operator>Equals</operator>
                    <parameterName>ProgramCurrencyName</parameterName>
                    <value>Shells</value>
                    <valueType>Literal</valueType>
                </actionParameters>
                <actionParameters>
                    <operator>Equals</operator>
                    <parameterName>PointsBalance</parameterName>
                    <value>Points</value>
                </actionParameters>
                <actionType>GetMemberPointBalance</actionType>
            </actions>
            <actions>
                <actionName>Take the points</actionName>
                <actionParameters>
                    <parameterName>ProgramCurrencyName</parameterName>
                    <value>"Shells"</value>
                </actionParameters>
                <actionParameters>
                    <parameterName>PointsToDebit</parameterName>
                    <value>{!Target}</value>
                </actionParameters>
                <actionType>DebitPoints</actionType>
            </actions>
            <conditions>
                <conditionCriteria>1 AND 2</conditionCriteria>
                <conditionFilterCriteria>
                    <operator>GreaterThanOrEquals</operator>
                    <sequence>1</sequence>
                    <sourceFieldName>Points</sourceFieldName>
                    <value>Target</value>
                    <valueType>Parameter</valueType>
                </conditionFilterCriteria>
                <conditionFilterCriteria>
                    <operator>NotEquals</operator>
                    <sequence>2</sequence>
                    <sourceFieldName>TransactionJournal.Brand</sourceFieldName>
                    <value>Kiosk</value>
                    <valueType>Literal</valueType>
                </conditionFilterCriteria>
                <conditionName>Has enough</conditionName>
                <conditionType>Condition</conditionType>
            </conditions>
            <isProcessEligibilityRule>false</isProcessEligibilityRule>
            <ruleName>Spend</ruleName>
            <startDate>2026-01-01</startDate>
            <status>Active</status>
            <stepMappings>
                <associatedStep>Get the balance</associatedStep>
                <sequence>1</sequence>
            </stepMappings>
            <stepMappings>
                <associatedStep>Has enough</associatedStep>
                <sequence>2</sequence>
            </stepMappings>
            <stepMappings>
                <associatedStep>Take the points</associatedStep>
                <parentStep>Has enough</parentStep>
                <sequence>1</sequence>
            </stepMappings>
        </rules>
        <rules>
            <previousRule>Spend</previousRule>
            <ruleName>Thank</ruleName>
            <status>Active</status>
        </rules>
    </programProcesses>
</LoyaltyProgramSetup>
`;

/** A text, and what replaces it. */
export type Change = readonly [from: string, to: string];

/** @throws {Error} if the program does not have one of the texts, so that no test changes nothing */
export function changed(changes: readonly Change[], program = smallProgram): string {
  let text = program;
  for (const [from, to] of changes) {
    if (!text.includes(from)) throw new Error(`the program has no ${from}`);
    text = text.replace(from, () => to);
  }
  return text;
}
