import { SpanKind } from '@opentelemetry/api';
import type { ChannelSpan } from './channel-spans.js';

/** Where the driver of MySQL and MariaDB tells what it does. */
export const STATEMENT_CHANNELS = ['mysql2:query', 'mysql2:execute'] as const;

const OPERATION = /^\s*([A-Za-z]+)/;
const TABLE = /\b(?:FROM|INTO|UPDATE|TABLE)\s+`?([A-Za-z0-9_]+)`?/i;

/** What the driver tells. `query` may have the values in it: it must not leave the process. */
interface Statement {
  readonly query: string;
  readonly database?: string;
}

/** A statement, as what is done to which table and no more. @see OpenTelemetry semantic conventions for database client spans */
export const STATEMENT_SPAN: ChannelSpan<Statement> = {
  kind: SpanKind.CLIENT,
  describe({ query, database = '' }) {
    const operation = OPERATION.exec(query)?.[1]?.toUpperCase() ?? 'OTHER';
    const table = TABLE.exec(query)?.[1];
    return {
      name: table === undefined ? operation : `${operation} ${table}`,
      attributes: {
        'db.system.name': 'mysql',
        'db.namespace': database,
        'db.operation.name': operation,
        ...(table === undefined ? {} : { 'db.collection.name': table }),
      },
    };
  },
};
