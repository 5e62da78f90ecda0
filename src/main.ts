import 'reflect-metadata';
import { runProgram } from './cli/program.js';

/** The server, as `chartkey serve` starts it. */
await runProgram(['serve']);
