import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'dotenv';
import type { Config } from '../platform/config/config.js';
import { loadConfig } from '../platform/config/load-config.js';
import { findFreePort } from './free-port.js';

/** In the working directory. */
const ENV_FILE = '.env';

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the settings: the environment, over a file, which may be missing.
 * @throws ConfigError listing every mistake at once
 */
export function readSettings(environment: Environment = process.env, envFile = ENV_FILE): Config {
  return loadConfig(readEnvironment(environment, envFile));
}

/**
 * The same for a server that is about to listen: port 0 becomes a free one.
 * @throws ConfigError listing every mistake at once
 */
export async function readServerSettings(environment: Environment = process.env, envFile = ENV_FILE): Promise<Config> {
  const given = readEnvironment(environment, envFile);
  const config = loadConfig(given);
  return config.port === 0 ? loadConfig({ ...given, PORT: String(await findFreePort(config.host)) }) : config;
}

function readEnvironment(environment: Environment, envFile: string): Environment {
  return { ...(existsSync(envFile) ? parse(readFileSync(envFile)) : {}), ...environment };
}
