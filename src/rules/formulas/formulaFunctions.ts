import { dateFunctions } from './dateFunctions.js';
import type { FormulaFunction } from './formulaPart.js';
import { logicFunctions } from './logicFunctions.js';
import { numberFunctions } from './numberFunctions.js';
import { textFunctions } from './textFunctions.js';

/** By their names, in capitals. */
export const formulaFunctions: ReadonlyMap<string, FormulaFunction> = new Map(
  Object.entries({ ...dateFunctions, ...logicFunctions, ...numberFunctions, ...textFunctions }),
);

const noTime = 'rules have no values of the type Time';
const noRecord = 'it needs the record before the change, and rules have none';
const noPage = 'it makes a part of a web page';
const noPlace = 'rules have no values of the type Geolocation';
const noReport = 'it belongs to reports';

/** Functions of the platform that rules cannot use here, and why. */
export const refusedFunctions: ReadonlyMap<string, string> = new Map([
  ...['HOUR', 'MINUTE', 'SECOND', 'MILLISECOND', 'TIMENOW', 'TIMEVALUE', 'FORMATDURATION'].map(withReason(noTime)),
  ...['ISCHANGED', 'ISCLONE', 'ISNEW', 'PRIORVALUE'].map(withReason(noRecord)),
  ...['HYPERLINK', 'IMAGE', 'LINKTO', 'URLFOR', 'REQUIRESCRIPT', 'HTMLENCODE', 'JSENCODE'].map(withReason(noPage)),
  ...['JSINHTMLENCODE', 'URLENCODE', 'IMAGEPROXYURL', 'GETSESSIONID', 'GETRECORDIDS'].map(withReason(noPage)),
  ...['DISTANCE', 'GEOLOCATION'].map(withReason(noPlace)),
  ...['PARENTGROUPVAL', 'PREVGROUPVAL'].map(withReason(noReport)),
  ['CURRENCYRATE', 'there are no conversion rates'],
  ['PICKLISTCOUNT', 'choices are texts in rules'],
  ['PREDICT', 'it needs a prediction of the org'],
  ['REGEX', 'its expressions are those of Java'],
  ['VLOOKUP', 'it belongs to validation rules'],
  ['UNIXTIMESTAMP', 'write (NOW() - DATETIMEVALUE("1970-01-01 00:00:00")) * 86400'],
  ['FROMUNIXTIME', 'write DATETIMEVALUE("1970-01-01 00:00:00") + seconds / 86400'],
]);

function withReason(reason: string): (name: string) => readonly [string, string] {
  return (name) => [name, reason];
}
