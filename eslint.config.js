import { fixupPluginRules } from '@eslint/compat';
import js from '@eslint/js';
import mocha from 'eslint-plugin-mocha';
import sf from 'eslint-plugin-sf-plugin';
import { defineConfig, globalIgnores } from 'eslint/config';
import globals from 'globals';
import ts from 'typescript-eslint';

const codeLines = { skipBlankLines: true, skipComments: true };

// What a reviewer of a Salesforce CLI plugin looks for. The other rules of that plugin are migrations from sfdx.
const salesforceHouseRules = [
  'command-example',
  'command-summary',
  'dash-o',
  'esm-message-import',
  'flag-case',
  'flag-summary',
  'get-connection-with-version',
  'id-flag-suggestions',
  'no-classes-in-command-return-type',
  'no-default-and-depends-on-flags',
  'no-duplicate-short-characters',
  'no-h-short-char',
  'no-hardcoded-messages-commands',
  'no-hardcoded-messages-flags',
  'no-json-flag',
  'no-missing-messages',
  'only-extend-SfCommand',
  'read-only-properties',
  'run-matches-class-type',
  'should-parse-flags',
  'spread-base-flags',
  'use-sf-command-flags',
];

/** Style that no rule of its own covers: private members, and the names of error classes. */
const oneStyle = [
  {
    selector:
      ':matches(PropertyDefinition, MethodDefinition[kind!="constructor"], TSParameterProperty)[accessibility="private"]',
    message: 'Write #name for a private member.',
  },
  {
    selector:
      'ClassDeclaration[superClass.name=/Error$/] > ClassBody > PropertyDefinition[key.name="name"]:not([override=true][readonly=true])',
    message: 'Write `override readonly name`.',
  },
  {
    selector:
      'ClassDeclaration[abstract!=true][superClass.name=/^(Error|LoyaltyCallError)$/] > ClassBody:not(:has(> PropertyDefinition[key.name="name"]))',
    message: 'Give the error class a name: `override readonly name`.',
  },
  { selector: 'TSEnumDeclaration', message: 'Write a union of texts.' },
  {
    selector: 'ImportDeclaration[importKind="value"] > ImportSpecifier[importKind="type"]',
    message: 'Import types on a line of their own: `import type`.',
  },
];

/** A command prints by the methods of src/cli/sfCommand.ts, which show what a terminal would obey. Nothing goes past it. */
const printsInOnePlace = {
  'no-console': 'error',
  'no-restricted-imports': [
    'error',
    {
      paths: [
        { name: '@salesforce/sf-plugins-core', allowImportNames: ['Flags'], message: 'See src/cli/sfCommand.ts.' },
        { name: '@oclif/core', allowImportNames: ['Args', 'Interfaces'], message: 'See src/cli/sfCommand.ts.' },
        ...['@oclif/multi-stage-output', '@oclif/table', 'ansis', 'chalk', 'terminal-link', 'node:console'],
      ],
      patterns: ['@inquirer/*', '@oclif/core/*', '@salesforce/sf-plugins-core/*'],
    },
  ],
  'no-restricted-syntax': [
    'error',
    ...oneStyle,
    {
      selector:
        "MemberExpression[object.object.name='process'][object.property.name=/^std(out|err)$/][property.name='write']",
      message: 'Print by the methods of src/cli/sfCommand.ts.',
    },
    {
      selector: "CallExpression[callee.object.type='ThisExpression'][callee.property.name=/^(error|exit)$/]",
      message: 'Throw an error: src/cli/sfCommand.ts prints it.',
    },
  ],
};

export default defineConfig([
  globalIgnores(['lib/', 'coverage/']),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    files: ['**/*.js', '**/*.cjs'],
    languageOptions: { globals: globals.node },
  },
  {
    files: ['**/*.ts'],
    extends: [ts.configs.strictTypeChecked],
    languageOptions: { parserOptions: { project: './test/tsconfig.json', tsconfigRootDir: import.meta.dirname } },
    rules: {
      eqeqeq: 'error',
      'max-lines': ['error', { max: 250, ...codeLines }],
      'max-lines-per-function': ['error', { max: 50, ...codeLines }],

      'no-restricted-syntax': ['error', ...oneStyle],

      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/explicit-member-accessibility': ['error', { accessibility: 'no-public' }],
      // Types are imported on lines of their own.
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'separate-type-imports', disallowTypeAnnotations: false },
      ],
      'no-duplicate-imports': ['error', { allowSeparateTypeImports: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', ignoreRestSiblings: true, ignoreUsingDeclarations: true },
      ],

      // Strict where it finds bugs, quiet where it only has a taste.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: 'only-allowed-literals' },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      // An `async` method without `await` is how a port is implemented in memory.
      '@typescript-eslint/require-await': 'off',
      // There are no enums (see oneStyle), and each look for them takes seconds of type checking.
      '@typescript-eslint/no-unsafe-enum-assignment': 'off',
      '@typescript-eslint/no-unsafe-enum-comparison': 'off',
      // Classes here have #private members, so no other class fits in their place. The rule takes an eighth of the time.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
    },
  },
  {
    files: ['src/commands/**/*.ts', 'src/cli/**/*.ts'],
    plugins: { sf: fixupPluginRules(sf) },
    rules: {
      ...Object.fromEntries(salesforceHouseRules.map((rule) => [`sf/${rule}`, 'error'])),
      ...printsInOnePlace,
    },
  },
  // Commands look like Salesforce's own, which write `public static readonly`.
  { files: ['src/commands/**/*.ts'], rules: { '@typescript-eslint/explicit-member-accessibility': 'off' } },
  {
    files: ['src/cli/sfCommand.ts', 'src/cli/terminal/printableSpinner.ts'],
    rules: { 'no-restricted-imports': 'off' },
  },
  // Shows counts, times and words of its own.
  { files: ['src/cli/sync/progressStages.ts'], rules: { 'no-restricted-imports': 'off' } },
  { files: ['src/**/*.ts'], rules: { 'no-console': 'error' } },
  {
    files: ['test/**/*.ts'],
    plugins: { mocha },
    languageOptions: { globals: globals.mocha },
    rules: {
      // An `it` inside an `it` never runs.
      'mocha/no-nested-tests': 'error',
      'mocha/no-exclusive-tests': 'error',
      'mocha/no-identical-title': 'error',
      'mocha/no-async-suite': 'error',

      'max-lines': ['error', { max: 400, ...codeLines }],
      'max-lines-per-function': 'off',
      // chai asserts by property; answers of a server under test are whatever they are.
      '@typescript-eslint/no-unused-expressions': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      // A test may stand in for a class. The rule takes more time than any other.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
]);
