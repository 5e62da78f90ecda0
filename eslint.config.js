import tseslint from 'typescript-eslint';

const TYPESCRIPT = ['**/*.ts', '**/*.tsx'];
const SPECS = ['src/**/*.spec.ts', 'src/**/*.spec.tsx'];
const ENVIRONMENT_READERS = ['src/cli/**', 'ormconfig.ts'];
const CLOCK_READERS = ['src/platform/ambient/**'];
const READERS_OF_BOTH = ['src/main.ts', ...SPECS];

const CLOCK_ADVICE = 'Time comes from Clock (platform/ambient); protocol functions take `now: Date`.';
const RANDOM_ADVICE = 'Chance comes from Random (platform/ambient).';
const DICE = '/^(randomBytes|randomUUID|randomInt|randomFill|randomFillSync|getRandomValues)$/';
const noClock = [
  { selector: "MemberExpression[object.name='Date'][property.name='now']", message: CLOCK_ADVICE },
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: CLOCK_ADVICE },
  { selector: "CallExpression[callee.name='Date']", message: CLOCK_ADVICE },
  { selector: "MemberExpression[object.name='Math'][property.name='random']", message: RANDOM_ADVICE },
  { selector: `ImportSpecifier[imported.name=${DICE}]`, message: RANDOM_ADVICE },
  { selector: `MemberExpression[property.name=${DICE}]`, message: RANDOM_ADVICE },
];

const ENVIRONMENT_ADVICE = 'Settings come from Config; only the entry points read the environment.';
const noEnvironment = [
  { selector: "MemberExpression[object.name='process'][property.name='env']", message: ENVIRONMENT_ADVICE },
  { selector: "MemberExpression[object.name='process'][property.value='env']", message: ENVIRONMENT_ADVICE },
  { selector: "ImportDeclaration[source.value=/^(node:)?process$/] > ImportSpecifier[imported.name='env']", message: ENVIRONMENT_ADVICE },
];

const noWaiting = [
  { selector: ':function[async=true]', message: 'The protocol core never awaits.' },
  { selector: 'AwaitExpression', message: 'The protocol core never awaits.' },
  { selector: 'ForOfStatement[await=true]', message: 'The protocol core never awaits.' },
  { selector: 'Identifier[name=/^Promise(Like)?$/]', message: 'The protocol core never awaits.' },
];

const noLateInjection = {
  paths: [
    {
      name: '@nestjs/common',
      importNames: ['forwardRef', 'Global'],
      message: 'No circles and no global modules: import the module that owns it.',
    },
    { name: '@nestjs/core', importNames: ['ModuleRef', 'LazyModuleLoader'], message: 'Inject what you need by its class.' },
  ],
};

/** Lets the core import itself and, of node:crypto, what hashes and compares. */
const onlyProtocol = {
  paths: [
    {
      name: 'node:crypto',
      allowImportNames: ['createHash', 'createHmac', 'timingSafeEqual'],
      message: 'The protocol core hashes and compares; keys and chance belong to modules.',
    },
  ],
  patterns: [{ regex: '^(?!\\.{1,2}/|node:crypto$)', message: 'The protocol core imports only itself.' }],
};

const NODE_GLOBALS = [
  ...['process', 'console', 'Buffer', 'URL', 'URLSearchParams', 'TextEncoder', 'TextDecoder', 'AbortController', 'AbortSignal', 'fetch'],
  ...['performance', 'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'setImmediate', 'structuredClone'],
];
const OUTSIDE_WORLD = [
  'fetch',
  'process',
  'performance',
  'crypto',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
  'console',
];

/** A suppression states its reason behind `--`. Reported a column before the comment, where the comment itself cannot silence it. */
const describedSuppression = {
  create(context) {
    const isSuppression = (text) => /^\s*eslint-disable/.test(text);
    const isDescribed = (text) => /^\s*eslint-disable\S*\s+\S.*\s--\s+\S/s.test(text);
    return {
      Program() {
        for (const { value, loc } of context.sourceCode.getAllComments()) {
          if (!isSuppression(value) || isDescribed(value)) continue;
          const message = 'Name the suppressed rule and say why: eslint-disable-next-line <rule> -- <reason>';
          context.report({ loc: { line: loc.start.line, column: loc.start.column - 1 }, message });
        }
      },
    };
  },
};

const house = { rules: { 'described-suppression': describedSuppression } };
const restrict = (...lists) => ['error', ...lists.flat()];

export default tseslint.config(
  { ignores: ['dist/**', 'coverage/**', 'artifacts/**', '.data/**', 'node_modules/**'] },
  {
    plugins: { house },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      'house/described-suppression': 'error',
      'max-lines': ['error', { max: 250 }],
      eqeqeq: ['error', 'always'],
      'no-eval': 'error',
      'no-implied-eval': 'error',
      'no-var': 'error',
      'prefer-const': 'error',
    },
  },
  {
    files: ['**/*.js', '**/*.mjs'],
    languageOptions: { globals: Object.fromEntries(NODE_GLOBALS.map((name) => [name, 'readonly'])) },
    rules: { 'no-undef': 'error', 'no-unused-vars': 'error', 'max-lines-per-function': ['error', { max: 60 }] },
  },
  {
    files: TYPESCRIPT,
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/ban-ts-comment': [
        'error',
        { 'ts-expect-error': 'allow-with-description', 'ts-ignore': true, 'ts-nocheck': true },
      ],
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/require-await': 'off', // a port may promise what one of its adapters knows at once
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allow: [{ name: ['URL', 'URLSearchParams'], from: 'lib' }] },
      ],
    },
  },
  {
    files: ['src/**/*.ts', 'src/**/*.tsx', 'ormconfig.ts'],
    rules: {
      'max-lines-per-function': ['error', { max: 60 }],
      'no-console': 'error',
      'no-restricted-imports': ['error', noLateInjection],
      'no-restricted-syntax': restrict(noClock, noEnvironment),
    },
  },
  {
    files: ['src/protocol/**/*.ts'],
    ignores: SPECS,
    rules: {
      'no-restricted-globals': ['error', ...OUTSIDE_WORLD.map((name) => ({ name, message: 'The protocol core sees only its arguments.' }))],
      'no-restricted-imports': ['error', onlyProtocol],
      'no-restricted-syntax': restrict(noClock, noEnvironment, noWaiting),
    },
  },
  { files: ENVIRONMENT_READERS, rules: { 'no-restricted-syntax': restrict(noClock) } },
  { files: CLOCK_READERS, rules: { 'no-restricted-syntax': restrict(noEnvironment) } },
  { files: READERS_OF_BOTH, rules: { 'no-restricted-syntax': 'off' } },
  { files: ['src/main.ts', 'src/cli/**'], rules: { 'no-console': 'off' } },
  {
    files: ['test/**/*.ts', 'test/**/*.tsx', 'bench/**/*.ts', ...SPECS],
    rules: {
      'max-lines-per-function': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
);
