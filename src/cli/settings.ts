import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'dotenv';
import type { Config } from '../platform/config/config.js';
import { ConfigError, loadConfig } from '../platform/config/load-config.js';
import { connect, DatabaseError } from '../platform/database/open-database.js';
import { readSiteAddress } from '../platform/ehr/site-address.query.js';
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
 * The same for what speaks to the EHR's database: where PUBLIC_URL is not set, the address that the EHR gives itself stands in for it.
 * @throws ConfigError listing every mistake at once; DatabaseError when the database cannot be asked
 */
export async function readSiteSettings(environment: Environment = process.env, envFile = ENV_FILE): Promise<Config> {
  return loadConfig(await withSiteAddress(readEnvironment(environment, envFile)));
}

/**
 * The same for the doctor, which itself says what is wrong with the database and with the EHR's address.
 * @throws ConfigError listing every mistake of our own settings
 */
export async function readSettingsToExamine(environment: Environment = process.env, envFile = ENV_FILE): Promise<Config> {
  const own = readSettings(environment, envFile);
  try {
    return await readSiteSettings(environment, envFile);
  } catch (failure) {
    if (failure instanceof ConfigError || failure instanceof DatabaseError) return own;
    throw failure;
  }
}

/**
 * The same for a server that is about to listen: port 0 becomes a free one.
 * @throws ConfigError listing every mistake at once; DatabaseError when the database cannot be asked
 */
export async function readServerSettings(environment: Environment = process.env, envFile = ENV_FILE): Promise<Config> {
  const given = await withSiteAddress(readEnvironment(environment, envFile));
  const config = loadConfig(given);
  return config.port === 0 ? loadConfig({ ...given, PORT: String(await findFreePort(config.host)) }) : config;
}

function readEnvironment(environment: Environment, envFile: string): Environment {
  return { ...(existsSync(envFile) ? parse(readFileSync(envFile)) : {}), ...environment };
}

/** With the EHR's `site_addr_oath` as PUBLIC_URL, where that is not set. An empty one leaves things as they are. */
async function withSiteAddress(given: Environment): Promise<Environment> {
  const config = loadConfig(given);
  if (config.databaseUrl === null || (given['PUBLIC_URL'] ?? '').trim() !== '') return given;
  const address = await findSiteAddress(config);
  if (address === '') return given;
  const completed = { ...given, PUBLIC_URL: address };
  try {
    loadConfig(completed);
  } catch (failure) {
    if (!(failure instanceof ConfigError)) throw failure;
    throw new ConfigError(
      failure.mistakes.map(
        (mistake) =>
          `PUBLIC_URL is not set, and the site address of the EHR (site_addr_oath: ${address}) cannot stand in for it: ${mistake}. ` +
          'Set PUBLIC_URL, or correct the Site Address in the EHR (Administration, Config, Connectors)',
      ),
    );
  }
  return completed;
}

async function findSiteAddress(config: Config): Promise<string> {
  const source = await connect(config, []);
  try {
    return await readSiteAddress(source);
  } catch (failure) {
    if (failure instanceof Error && 'code' in failure && failure.code === 'ER_NO_SUCH_TABLE') return ''; // the start says what is missing
    throw failure;
  } finally {
    await source.destroy();
  }
}
