/** Units stand beside the code; everything else is under `test/`. Node.js loads it, not Jest: see test/runner/runtime.cjs. */
const base = {
  testEnvironment: '<rootDir>/test/runner/environment.mjs',
  runtime: '<rootDir>/test/runner/runtime.cjs',
  transform: {},
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  moduleFileExtensions: ['ts', 'tsx', 'js', 'mjs', 'json', 'node'],
};

const project = (displayName, testMatch) => ({ ...base, displayName, testMatch });

export default {
  testTimeout: 60_000,
  projects: [
    project('unit', ['<rootDir>/src/**/*.spec.ts', '<rootDir>/src/**/*.spec.tsx']),
    project('architecture', ['<rootDir>/test/architecture/**/*.spec.ts']),
    project('conformance', ['<rootDir>/test/conformance/**/*.conformance-spec.ts']),
    project('e2e', ['<rootDir>/test/e2e/**/*.e2e-spec.ts']),
    project('resilience', ['<rootDir>/test/resilience/**/*.resilience-spec.ts']),
    project('browser', ['<rootDir>/test/browser/**/*.browser-spec.ts']),
  ],
};
