import { tracingChannel } from 'node:diagnostics_channel';
import { EmbeddedConnection } from '../../src/platform/database/embedded/embedded-connection.js';
import { STATEMENT_CHANNELS } from '../../src/platform/tracing/statement-spans.js';

/** What the server does for itself from time to time, whoever asks: counts that replicas share. */
const BETWEEN_REQUESTS = /oauth2_rate_count/;

/**
 * The statements that a database gets while something happens: each is a round trip on MySQL, where a statement is also prepared once on each
 * connection. Everything in this process is heard, so that nothing else may happen meanwhile.
 * @returns the statements in their order, blanks joined
 */
export async function statementsOf(work: () => Promise<unknown>): Promise<string[]> {
  const statements: string[] = [];
  const note = (sql: string): void => void (BETWEEN_REQUESTS.test(sql) || statements.push(sql.replace(/\s+/g, ' ').trim()));
  const hear = (message: unknown): void => note((message as { query: string }).query);
  const channels = STATEMENT_CHANNELS.map((name) => tracingChannel(name));
  for (const { start } of channels) start.subscribe(hear);
  const prepare = EmbeddedConnection.prototype.prepare;
  EmbeddedConnection.prototype.prepare = function (this: EmbeddedConnection, sql) {
    note(sql);
    return prepare.call(this, sql);
  };
  try {
    await work();
  } finally {
    EmbeddedConnection.prototype.prepare = prepare;
    for (const { start } of channels) start.unsubscribe(hear);
  }
  return statements;
}
