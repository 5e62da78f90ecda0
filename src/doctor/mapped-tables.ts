import { type DataSourceOptions, getMetadataArgsStorage } from 'typeorm';
import '../app.module.js'; // loads every module, and with them every entity

/** Every mapped table, for a connection that is opened without the application. */
export function mappedTables(): DataSourceOptions['entities'] {
  return getMetadataArgsStorage().tables.map(({ target }) => target);
}
