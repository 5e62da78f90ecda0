/**
 * Who may import whom. Everyone may import `protocol` and `platform`; a module may import, besides, the modules of its line, each for
 * the reason given. A missing arrow is a decision: change the line and its reason together.
 */
const MODULES = {
  // records: a foreign id is a plain value, and storing one needs no import
  clients: [],
  users: [],
  patients: [],
  consents: [],
  sessions: [],
  mfa: [],
  'signing-keys': [],
  // proves who is there, leaves a session with auth_time and amr
  'sign-in': ['users', 'patients', 'mfa', 'sessions'],
  // the guard of `clients` hands it a Client; `mfa` because a password grant asks for the second factor as well
  // asks sign-in whether a person is still active, and for their claims
  tokens: ['clients', 'users', 'consents', 'sessions', 'signing-keys', 'sign-in'],
  // makes and opens what apps are started with; describes its errors as the token endpoint does
  launch: ['clients', 'patients', 'users', 'sign-in', 'tokens'],
  // holds the pages of every step, sign-in included; asks `tokens` for a code, and `tokens` never asks back
  authorization: ['clients', 'users', 'patients', 'consents', 'sessions', 'mfa', 'sign-in', 'tokens', 'signing-keys', 'launch'],
  // checks metadata against the grant types that exist
  registration: ['clients', 'tokens'],
  // ends a session and what hangs on it
  logout: ['clients', 'consents', 'sessions', 'sign-in', 'tokens', 'signing-keys'],
  // publishes what is registered, never a second list
  discovery: ['clients', 'signing-keys', 'tokens', 'authorization', 'registration'],
  // plays a chart and an app, for developers
  'launch-simulator': ['clients', 'patients', 'users', 'sign-in', 'launch'],
  // revoking an app is two calls made here: consents, then tokens
  account: ['sign-in', 'users', 'sessions', 'mfa', 'consents', 'clients', 'tokens'],
  // only says when; each owner knows what has expired
  maintenance: ['clients', 'sessions', 'mfa', 'tokens', 'authorization', 'launch'],
  // an operator's view of the same services
  admin: ['sign-in', 'users', 'sessions', 'consents', 'clients', 'tokens', 'signing-keys'],
};

/** Files beside the folders: they put the program together and may import everything. */
const TOP_FILES = ['main', 'app\\.module', 'configure-app', 'create-app'];
const FOLDERS = ['protocol', 'platform', 'cli', 'doctor', ...Object.keys(MODULES)];
const KNOWN = `^src/((${FOLDERS.join('|')})/|(${TOP_FILES.join('|')})\\.ts$)`;

const inside = (...folders) => `^src/(${folders.join('|')})/`;

/** A folder of `src` may reach into itself and the folders that are named, and nowhere else in `src`. */
const boundary = (folder, allowed) => ({
  name: `${folder}-imports`,
  comment: `${folder} may import: ${allowed.join(', ') || 'itself alone'}.`,
  severity: 'error',
  from: { path: inside(folder) },
  to: { path: '^src/', pathNot: inside(folder, ...allowed) },
});

module.exports = {
  forbidden: [
    {
      name: 'no-circle',
      comment: 'ES modules with decorator metadata do not load in a circle: one of the two knows too much.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    boundary('protocol', []),
    boundary('platform', ['protocol']),
    ...Object.entries(MODULES).map(([module, allowed]) => boundary(module, ['protocol', 'platform', ...allowed])),
    {
      name: 'cli-imports',
      comment: 'The command line uses the services behind the pages, not the pages.',
      severity: 'error',
      from: { path: inside('cli') },
      to: { path: `${inside('account', 'admin')}.*\\.controller\\.ts$` },
    },
    {
      name: 'doctor-imports',
      comment: 'The doctor looks at everything, but not through pages and endpoints, nor at the command line that calls it.',
      severity: 'error',
      from: { path: inside('doctor') },
      to: { path: `${inside('cli')}|^src/.*\\.(controller|view)\\.tsx?$` },
    },
    {
      name: 'unknown-folder',
      comment: 'A folder or file of src that has no line in the table above.',
      severity: 'error',
      from: { path: '^src/', pathNot: KNOWN },
      to: {},
    },
    {
      name: 'unknown-orphan',
      comment: 'A folder or file of src that has no line in the table above.',
      severity: 'error',
      from: { orphan: true, path: '^src/', pathNot: KNOWN },
      to: {},
    },
    {
      name: 'protocol-packages',
      comment: 'The protocol core imports no package, and of Node.js only node:crypto.',
      severity: 'error',
      from: { path: inside('protocol') },
      to: { pathNot: ['^src/', '^(node:)?crypto$'] },
    },
    {
      name: 'outside-src',
      comment: 'The program does not depend on its tests, scripts or benchmarks.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(test|scripts|bench|bin|dist)/' },
    },
    {
      name: 'undeclared-package',
      comment: 'A package that package.json does not list under dependencies is missing in production.',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown', 'unknown', 'undetermined'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'unresolvable',
      comment: 'A file or package that cannot be found.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '\\.spec\\.tsx?$' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true, // an import of a type is an arrow as well
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
