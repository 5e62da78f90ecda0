/** Stands for '@jest/globals', which is there only inside Jest's own module loader: `jest`, as far as tests use it. */
const NAMES = ['fn', 'spyOn', 'mocked', 'isMockFunction', 'replaceProperty', 'clearAllMocks', 'resetAllMocks', 'restoreAllMocks'];

let current;

/** @param mocker of the file that is about to run; this module is loaded once for all of them */
export function setJest(mocker) {
  current = mocker;
}

export const jest = Object.fromEntries(NAMES.map((name) => [name, (...values) => current[name](...values)]));
