import { checkReferences, issueText, parseProgramRules, RulesSourceError } from '../../../rules/index.js';
import type { OutsideRules, ProgramRules, RuleIssue } from '../../../rules/index.js';
import type { SObjectDefinition } from '../../../contract/sobject.js';
import { orgNames } from '../../loyalty/rules/orgNames.js';
import { loadedRulesOf } from '../../loyalty/rules/loadedRules.js';
import type { LoadedRules } from '../../loyalty/rules/loadedRules.js';
import type { Org } from '../../org.js';
import { ObjectModel } from '../../store/model/objectModel.js';
import { readXmlNode, textIn } from '../../../base/files/xmlNode.js';
import { solePath, soleText } from '../components/metadataComponent.js';
import type { ComponentMap, MetadataComponent } from '../components/metadataComponent.js';
import { decisionTableType, programSetupType } from '../components/typeNames.js';
import { xmlRootOf } from '../components/xmlRoot.js';

/** Whether a component of this type changes the rules of an org. */
export function isRulesType(type: string): boolean {
  return type === programSetupType || type === decisionTableType;
}

/** What is wrong with the rules of a program, with its line. */
export interface SetupProblem {
  readonly message: string;
  readonly line?: number;
}

/** The rules of deployed programs. */
export class ProgramSetups {
  readonly #org: Org;
  readonly #definitions: readonly SObjectDefinition[];
  readonly #components: ComponentMap;

  /**
   * @param definitions objects that the org will have when the rules run
   * @param components metadata that it will have
   */
  constructor(org: Org, definitions: readonly SObjectDefinition[], components: ComponentMap) {
    this.#org = org;
    this.#definitions = definitions;
    this.#components = components;
  }

  /** Returns what is wrong with a program that is deployed. Nothing is wrong with most. */
  async problemsOf(component: MetadataComponent): Promise<SetupProblem[]> {
    const file = solePath(component);
    try {
      const rules = rulesOf(component);
      const issues = [...this.#repeated(component, rules), ...this.#missing(rules, await this.#answersFor([rules]))];
      if (issues.length > 0) throw new RulesSourceError(issues);
      return [];
    } catch (error) {
      if (!(error instanceof RulesSourceError)) throw error;
      return error.issues.map((issue) => problemOf(issue, file, error.actions));
    }
  }

  /**
   * Returns the rules that the org then runs. A program without any rule keeps the built-in one, unless
   * the org was started with it.
   *
   * @throws {RulesSourceError} when nothing answers for a flow or decision table
   */
  async loaded(): Promise<LoadedRules | undefined> {
    const programs = [...this.#components.values()]
      .filter(({ type }) => type === programSetupType)
      .map(rulesOf)
      .filter((rules) => hasRules(rules) || this.#runsNothing(rules));
    return programs.length === 0 ? undefined : { programs, outside: await this.#answersFor(programs) };
  }

  #answersFor(programs: readonly ProgramRules[]): Promise<OutsideRules> {
    const tables = [...this.#components.values()].filter(({ type }) => type === decisionTableType);
    const given = tables.map((component) => {
      return [component.fullName.toLowerCase(), { file: solePath(component), text: soleText(component) }] as const;
    });
    return this.#org.answersFor(programs, new Map(given));
  }

  #runsNothing({ label }: ProgramRules): boolean {
    const known = loadedRulesOf(this.#org.rules, label);
    return known !== undefined && !hasRules(known);
  }

  /** One file has a whole program. */
  #repeated({ fullName }: MetadataComponent, { label, place }: ProgramRules): RuleIssue[] {
    const others = [...this.#components.values()].filter(({ type }) => type === programSetupType);
    const same = others.find((other) => other.fullName !== fullName && isSameText(labelOf(other), label));
    return same ? [{ place, message: `the program "${label}" is already in ${solePath(same)}` }] : [];
  }

  /** What the rules refer to and the org lacks. A new program has nothing to refer to yet. */
  #missing(rules: ProgramRules, outside: OutsideRules): RuleIssue[] {
    const { store } = this.#org;
    const program = store.first('LoyaltyProgram', { Name: rules.label });
    const { types } = new ObjectModel(this.#definitions);
    return program ? checkReferences(rules, orgNames({ store, programId: program.Id, types }, rules, outside)) : [];
  }
}

/** Another program of the same deploy may be no XML. It is refused for that. */
function labelOf(component: MetadataComponent): string {
  const root = xmlRootOf(component);
  return (root && textIn(root, 'label')) ?? '';
}

function isSameText(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** @throws {RulesSourceError} */
export function rulesOf(component: MetadataComponent): ProgramRules {
  return parseProgramRules(soleText(component), solePath(component));
}

/** Returns the descriptions of the processes of a program, by the names of the processes. */
export function processDescriptions(component: MetadataComponent): Map<string, string> {
  const processes = readXmlNode(soleText(component)).children.filter(({ name }) => name === 'programProcesses');
  return new Map(
    processes.flatMap((process) => {
      const [name, description] = [textIn(process, 'processName'), textIn(process, 'description')];
      return name !== undefined && description !== undefined ? [[name, description] as const] : [];
    }),
  );
}

function hasRules({ processes }: ProgramRules): boolean {
  return processes.some(({ rules, eligibility }) => rules.length + eligibility.length > 0);
}

function problemOf(issue: RuleIssue, file: string, actions: readonly string[]): SetupProblem {
  const message = [issue.place.file === file ? issue.message : issueText(issue), ...actions].join('. ');
  return issue.place.file === file ? { message, line: issue.place.line } : { message };
}
