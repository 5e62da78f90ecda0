import { type ClientsFloor, openClientsFloor } from '../../test/support/clients-floor.js';
import { CompatibilityUse } from './compatibility-use.entity.js';

const CLIENT = 'demo-public-client-00000000000000000000000001';
const OTHER = 'demo-confidential-client-0000000000000000001';

describe('Compatibility', () => {
  let floor: ClientsFloor;

  beforeAll(async () => (floor = await openClientsFloor({ CHARTKEY_COMPATIBILITY: 'ehr-scope-text' })));
  afterAll(() => floor.close());

  const change = (allow: readonly 'ehr-claims'[], deny: readonly 'ehr-claims'[]): Promise<void> =>
    floor.transactions.run((tx) => floor.compatibility.change(tx, CLIENT, allow, deny));
  const usesOf = (clientId: string): Promise<CompatibilityUse[]> => floor.source.getRepository(CompatibilityUse).findBy({ clientId });
  const counted = async (): Promise<string[]> =>
    (await floor.metrics.registry.getSingleMetricAsString('chartkey_compatibility_uses_total'))
      .split('\n')
      .filter((line) => !line.startsWith('#'));

  it('is off for everyone until it is allowed', async () => {
    expect(await floor.compatibility.apply('ehr-claims', CLIENT)).toBe(false);
    expect(await floor.compatibility.apply('any-origin', null)).toBe(false);
    await floor.uses.settled();
    expect([await counted(), await usesOf(CLIENT)]).toEqual([[], []]);
  });

  it('is on for the one client it is allowed to, twice no more than once', async () => {
    await change(['ehr-claims'], []);
    await change(['ehr-claims'], []);
    expect(await floor.compatibility.apply('ehr-claims', CLIENT)).toBe(true);
    expect(await floor.compatibility.apply('ehr-claims', OTHER)).toBe(false);
    expect(await floor.compatibility.apply('ehr-claims', CLIENT.toUpperCase())).toBe(false);
    expect(await floor.compatibility.applyToNamed('ehr-claims', CLIENT)).toBe(true);
    expect(await counted()).toEqual([`chartkey_compatibility_uses_total{switch="ehr-claims",client_id="${CLIENT}"} 2`]);
  });

  it('is on for everyone where the settings say so, and strangers become no label', async () => {
    expect(await floor.compatibility.applyToNamed('ehr-scope-text', 'a stranger')).toBe(true);
    expect(await floor.compatibility.applyToNamed('ehr-scope-text', null)).toBe(true);
    expect(await floor.compatibility.applyToNamed('ehr-scope-text', OTHER)).toBe(true);
    expect(await counted()).toEqual(
      expect.arrayContaining([
        'chartkey_compatibility_uses_total{switch="ehr-scope-text",client_id=""} 2',
        `chartkey_compatibility_uses_total{switch="ehr-scope-text",client_id="${OTHER}"} 1`,
      ]),
    );
  });

  it('remembers the last use, to the hour', async () => {
    await floor.uses.settled();
    const [first] = await usesOf(CLIENT);
    expect(first).toEqual({ clientId: CLIENT, name: 'ehr-claims', lastUsedAt: floor.clock.now() });
    floor.clock.advance(3599);
    await floor.compatibility.apply('ehr-claims', CLIENT);
    await floor.uses.settled();
    expect(await usesOf(CLIENT)).toEqual([first]);
    floor.clock.advance(1);
    await floor.compatibility.apply('ehr-claims', CLIENT);
    await floor.uses.settled();
    expect(await usesOf(CLIENT)).toEqual([{ ...first, lastUsedAt: floor.clock.now() }]);
    expect(await floor.compatibility.of(CLIENT)).toEqual([
      { name: 'ehr-claims', allowedAt: expect.any(Date), lastUsedAt: floor.clock.now() },
    ]);
  });

  it('looks at the table again after five seconds: another process may have changed it', async () => {
    expect(await floor.compatibility.isOn('ehr-claims', CLIENT)).toBe(true);
    await floor.source.query('DELETE FROM oauth2_client_compatibility');
    expect(await floor.compatibility.isOn('ehr-claims', CLIENT)).toBe(true);
    floor.clock.advance(5);
    expect(await floor.compatibility.isOn('ehr-claims', CLIENT)).toBe(false);
  });

  it('is taken away, and goes with the client', async () => {
    await change(['ehr-claims'], []);
    await change([], ['ehr-claims']);
    expect(await floor.compatibility.isOn('ehr-claims', CLIENT)).toBe(false);
    await change(['ehr-claims'], []);
    await floor.transactions.run((tx) => floor.clients.delete(tx, CLIENT));
    expect([await floor.compatibility.of(CLIENT), await usesOf(CLIENT)]).toEqual([[], []]);
  });

  it('fails nobody when a use cannot be stored', async () => {
    await floor.source.query('DROP TABLE oauth2_compatibility_use');
    floor.clock.advance(3600);
    expect(await floor.compatibility.apply('ehr-scope-text', OTHER)).toBe(true);
    await floor.uses.settled();
    expect((await counted()).length).toBeGreaterThan(0);
  });
});
