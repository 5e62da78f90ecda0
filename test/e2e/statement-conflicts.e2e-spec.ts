import { startServer, TEST_DATABASE, type TestServer } from '../support/start-server.js';

const ONE = 'UPDATE oauth2_lease SET holder = ? WHERE name = ?';

/** Statements of two connections that wait for each other: InnoDB undoes one of them, which is then to be run again. */
describe('A statement that the database undoes for the sake of another', () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startServer();
    for (const name of ['a', 'b']) {
      await server.database.query('INSERT INTO oauth2_lease (name, holder, expires_at) VALUES (?, ?, 0)', [name, 'nobody']);
    }
  });

  afterAll(() => server.stop());

  it('is run again, so that nobody hears of it', async () => {
    if (TEST_DATABASE === 'embedded') {
      await server.database.query(ONE, ['us', 'b']); // writers take turns there: nothing can be undone
      expect(await holders()).toEqual(['nobody', 'us']);
      return;
    }
    const other = server.database.createQueryRunner();
    await other.startTransaction();
    await other.query("INSERT INTO oauth2_lease (name, holder, expires_at) VALUES ('c', 'x', 0), ('d', 'x', 0), ('e', 'x', 0)"); // heavy: not the victim
    await other.query(ONE, ['them', 'b']);
    const ours = server.database.query(`UPDATE oauth2_lease SET holder = 'us' WHERE name IN ('a', 'b')`); // has a, waits for b
    await waiting(server);
    await other.query(ONE, ['them', 'a']); // the circle: the lighter one is undone
    await other.commitTransaction();
    await other.release();
    await ours;
    expect((await holders()).slice(0, 2)).toEqual(['us', 'us']);
  });

  const holders = async (): Promise<string[]> =>
    (await server.database.query<Array<{ holder: string }>>('SELECT holder FROM oauth2_lease ORDER BY name')).map(({ holder }) => holder);
});

/** Until a statement on this database waits for a lock. */
async function waiting({ database }: TestServer): Promise<void> {
  for (;;) {
    const rows = await database.query<unknown[]>(
      "SELECT 1 FROM information_schema.innodb_trx WHERE trx_state = 'LOCK WAIT' AND trx_query LIKE '%oauth2_lease%'",
    );
    if (rows.length > 0) return;
  }
}
