import type { TestServer } from './start-server.js';

/** A server whose clock can be moved on. */
interface MovableServer extends Pick<TestServer, 'database'> {
  readonly clock: { advance(seconds: number): void };
}

/** Writes a row of the EHR's settings, as its administration page does, and waits until the server has to read it again. */
export async function setGlobal(server: MovableServer, name: string, value: string): Promise<void> {
  await server.database.query('DELETE FROM globals WHERE gl_name = ?', [name]);
  await server.database.query('INSERT INTO globals (gl_name, gl_index, gl_value) VALUES (?, 0, ?)', [name, value]);
  server.clock.advance(6); // settings are kept for five seconds
}
