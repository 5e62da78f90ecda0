'use strict';
/**
 * Takes the place of Jest's module loader: Node.js itself loads the test files and what they import, in the realm of the worker.
 * A worker so loads the program and its packages once for all its files, where Jest's own loader loads some two thousand modules anew for
 * each file, which took longer than the tests. Each test file itself is run afresh.
 */
const { register } = require('node:module');
const { pathToFileURL } = require('node:url');

/** Where jest-circus keeps who listens to its events. */
const EVENT_HANDLERS = Symbol.for('EVENT_HANDLERS');

process.setSourceMapsEnabled(true);
register('./typescript-hooks.mjs', pathToFileURL(__filename));

let runs = 0;

/** What Jest 30 asks of a runtime for a file. Coverage and automatic mocks are not offered. */
module.exports = class NativeRuntime {
  unstable_shouldLoadAsEsm() {
    return true;
  }

  async unstable_importModule(path) {
    Error.prepareStackTrace = undefined; // Jest's knows only what Jest has transformed; Node.js maps our lines to the source by itself
    runs += 1;
    await import(`${pathToFileURL(path).href}?run=${runs}`);
  }

  requireModule(path) {
    return require(path);
  }

  /** Loads the test framework without what it has kept of the file before. */
  requireInternalModule(path) {
    delete globalThis[EVENT_HANDLERS];
    delete require.cache[path];
    return require(path);
  }

  setGlobalsForRuntime() {}

  getSourceMaps() {
    return new Map();
  }

  getAllCoverageInfoCopy() {}

  enterTestCode() {}

  leaveTestCode() {}

  teardown() {}
};
