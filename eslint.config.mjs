import { fileURLToPath } from 'node:url';
import { configs as lit } from 'eslint-plugin-lit';
import litA11y from 'eslint-plugin-lit-a11y';
import { configs as webComponents } from 'eslint-plugin-wc';
import tseslint from 'typescript-eslint';

const SLEEP = 'A test waits for what it expects (an event, a state, a promise), never for time to pass.';
const LEFT_OUT = 'No test is left out, and none leaves out the others.';

/** Bans in tests. */
const restrictedInTests = [
  { selector: 'CallExpression[callee.name=/^(aTimeout|setTimeout|setInterval|sleep|delay)$/]', message: SLEEP },
  {
    selector: "CallExpression[callee.object.name=/^(window|globalThis)$/][callee.property.name='setTimeout']",
    message: SLEEP,
  },
  { selector: "CallExpression[callee.property.name='waitForTimeout']", message: SLEEP },
  { selector: 'ImportDeclaration[source.value=/^(node:)?timers\\u002Fpromises$/]', message: SLEEP },
  {
    selector:
      'CallExpression[callee.object.name=/^(describe|it|test|suite)$/][callee.property.name=/^(only|skip|todo)$/]',
    message: LEFT_OUT,
  },
  { selector: 'CallExpression[callee.name=/^(xit|xdescribe|fit|fdescribe)$/]', message: LEFT_OUT },
];

export default tseslint.config(
  {
    ignores: [
      '**/node_modules/',
      'dist/',
      'dist-cdn/',
      'server/dist/',
      'coverage/',
      'shots/',
      'data/',
      'demo/frameworks/',
      // Typings for frameworks that are not installed here; the apps of demo/frameworks are compiled with them.
      'types/',
    ],
  },
  ...tseslint.configs.recommendedTypeChecked,
  lit['flat/recommended'],
  webComponents['flat/best-practice'],
  {
    languageOptions: {
      parserOptions: {
        project: ['server/tsconfig.json', 'tsconfig.json', 'tsconfig.tools.json'],
        tsconfigRootDir: fileURLToPath(new URL('.', import.meta.url)),
      },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // A class and an interface of one name give an element the types of its events.
      '@typescript-eslint/no-unsafe-declaration-merging': 'off',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      // `async` also says that a function throws by rejecting.
      '@typescript-eslint/require-await': 'off',
      // What IndexedDB fails with is a DOMException, which its types do not call an Error.
      '@typescript-eslint/prefer-promise-reject-errors': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
    },
  },
  {
    files: ['src/**/*.ts', 'demo/**/*.ts'],
    plugins: { 'lit-a11y': litA11y },
    rules: {
      ...litA11y.configs.recommended.rules,
      // It crashes on some templates (eslint-plugin-lit 2.3 miscounts columns where an expression starts on a new line).
      'lit-a11y/tabindex-no-positive': 'off',
      'no-restricted-syntax': [
        'error',
        {
          selector: 'TaggedTemplateExpression TemplateElement[value.raw=/\\btabindex=["\']?[1-9]/]',
          message: 'The order of focus is the order of reading.',
        },
      ],
    },
  },
  {
    files: ['test/**/*.ts', 'server/test/**/*.ts'],
    rules: {
      'no-restricted-syntax': ['error', ...restrictedInTests],
      // `expect(x).to.be.true`
      '@typescript-eslint/no-unused-expressions': 'off',
      // Parsed answers are `any`; a wrong guess about them fails the test anyway.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-base-to-string': 'off',
      '@typescript-eslint/no-unnecessary-type-assertion': 'off',
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-floating-promises': [
        'error',
        {
          allowForKnownSafeCalls: [
            { from: 'package', name: ['describe', 'it', 'suite', 'test'], package: 'node:test' },
            // Declared to return a promise (by @open-wc/semantic-dom-diff); does not.
            { from: 'package', name: 'Equal', package: 'chai' },
          ],
        },
      ],
    },
  },
  // Faults take time: the fault suite slows networks down and leaves servers dead for a while.
  { files: ['test/faults/*.ts'], rules: { 'no-restricted-syntax': 'off' } },
  // The scripts are JavaScript checked by TypeScript; the rules about `any` have too little to go by there.
  { files: ['**/*.mjs', '**/*.js'], extends: [tseslint.configs.disableTypeChecked] },
);
