import { isNativeError } from 'node:util/types';
import type { LoggerService } from '@nestjs/common';
import { type Logger as Pino, type LoggerOptions, pino } from 'pino';
import type { Config } from '../config/config.js';

/** Never printed, wherever they turn up in what is logged. */
const SECRETS = [
  'authorization',
  'cookie',
  'password',
  'client_secret',
  'code',
  'token',
  'refresh_token',
  'access_token',
  'id_token',
  'mfa_token',
];

const STDOUT = 1;

/** Lines are written so many bytes at a time, or after so many milliseconds: to write each by itself takes longer than all else about it. */
const TOGETHER = { minLength: 4096, periodicFlush: 100 };

/**
 * JSON lines on stdout, some at a time; readable lines on a terminal.
 * @param members of every line, made when it is written
 */
export function createLogger(config: Config, isTerminal: boolean, members?: () => object): Pino {
  const options = { ...(members ? { mixin: members } : {}), ...optionsOf(config.logLevel) };
  if (!isTerminal) return pino(options, pino.destination({ dest: STDOUT, sync: false, ...TOGETHER }));
  return pino({ ...options, transport: { target: 'pino-pretty', options: { ignore: 'pid,hostname', translateTime: 'SYS:HH:MM:ss' } } });
}

/** JSON lines on stderr, for commands whose stdout is their answer. */
export function createErrorLogger(level: string): Pino {
  return pino(optionsOf(level), pino.destination({ dest: 2, sync: true }));
}

function optionsOf(level: string): LoggerOptions {
  const paths = SECRETS.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);
  return { level, serializers: { err: plainError }, redact: { paths, censor: '***' }, timestamp: pino.stdTimeFunctions.isoTime };
}

/** An error without what database drivers add to theirs: the statement, with the values in it. */
export function plainError(error: unknown): unknown {
  if (!(error instanceof Error) && !isNativeError(error)) return error;
  const { name: type, message, stack, cause } = error;
  return { type, message, stack, ...('code' in error ? { code: error.code } : {}), ...(cause ? { cause: plainError(cause) } : {}) };
}

/** What Nest tells about itself at start; of interest to nobody but its debuggers. */
const STARTING: ReadonlySet<unknown> = new Set(['InstanceLoader', 'RouterExplorer', 'RoutesResolver', 'NestFactory']);

/** Nest's own messages through the same logger. */
export class NestLogger implements LoggerService {
  constructor(private readonly pino: Pino) {}

  log(message: unknown, ...rest: unknown[]): void {
    this.write(STARTING.has(rest.at(-1)) ? 'debug' : 'info', message, rest);
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.write('error', message, rest);
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.write('warn', message, rest);
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.write('trace', message, rest);
  }

  /** Nest passes the context last, and a stack before it. */
  private write(level: 'info' | 'error' | 'warn' | 'debug' | 'trace', message: unknown, rest: unknown[]): void {
    const context = rest.at(-1);
    const stack = rest.length > 1 && typeof rest[0] === 'string' ? rest[0] : undefined;
    const facts = typeof message === 'object' && message !== null && !(message instanceof Error) ? message : {};
    const text = typeof message === 'string' ? message : message instanceof Error ? message.message : undefined;
    this.pino[level]({ ...facts, context, stack }, text);
  }
}
