import { ModuleMocker } from 'jest-mock';
import { setJest } from './jest-globals.mjs';

/** The realm of the worker, shared by all its test files (see runtime.cjs). What Jest or a spy has replaced is put back after each file. */
export default class NativeEnvironment {
  global = globalThis;
  #mocker = new ModuleMocker(globalThis);
  #exit = process.exit;
  #console = globalThis.console;

  async setup() {
    setJest(this.#mocker);
  }

  async teardown() {
    this.#mocker.restoreAllMocks();
    process.exit = this.#exit;
    globalThis.console = this.#console;
  }

  exportConditions() {
    return ['node', 'node-addons'];
  }

  /** There is no other context than the worker's own. */
  getVmContext() {
    return null;
  }
}
