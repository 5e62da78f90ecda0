import 'dotenv/config';
import { loadConfig } from './src/platform/config/load-config.js';
import { createDataSource } from './src/platform/database/create-data-source.js';

/** For the TypeORM command line. Migrations are written by hand, so it needs no entities. */
export default createDataSource(loadConfig(process.env), []);
