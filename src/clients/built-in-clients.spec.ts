import { loadConfig } from '../platform/config/load-config.js';
import { SWAGGER_CLIENT_ID } from '../platform/openapi/swagger-address.js';
import { LAUNCH_SIMULATOR_CLIENT_ID } from '../platform/web/launch-simulator-address.js';
import { type ClientsFloor, openClientsFloor } from '../../test/support/clients-floor.js';
import type { Client } from './client.entity.js';
import { BuiltInClients } from './built-in-clients.js';

describe('BuiltInClients', () => {
  let floor: ClientsFloor;

  beforeEach(async () => (floor = await openClientsFloor()));
  afterEach(() => floor.close());

  const start = async (env: Record<string, string> = {}): Promise<Client | null> => {
    const config = loadConfig({ CHARTKEY_DATA_DIR: floor.config.dataDir, ...env });
    await new BuiltInClients(floor.clients, floor.issuer, floor.transactions, config).onApplicationBootstrap();
    return floor.clients.find(SWAGGER_CLIENT_ID);
  };

  it('are those of Swagger UI and of the launch simulator, each with its own setting', async () => {
    await start({ CHARTKEY_SWAGGER_CLIENT: 'off' });
    const simulator = await floor.clients.find(LAUNCH_SIMULATOR_CLIENT_ID);
    expect(simulator).toMatchObject({
      ...{ name: 'Simulated app', isConfidential: false, isEnabled: true, redirectUris: ['http://localhost:3000/launch/callback'] },
      scope: expect.arrayContaining(['launch', 'launch/patient', 'patient/Patient.rs', 'user/Patient.rs']) as string[],
    });
    await start({ CHARTKEY_LAUNCH_SIMULATOR: 'off' });
    expect((await floor.clients.find(LAUNCH_SIMULATOR_CLIENT_ID))?.isEnabled).toBe(false);
  });

  it('is a public, enabled client with every scope that people can grant', async () => {
    const client = await start();
    expect(client).toMatchObject({
      name: 'Swagger UI',
      isConfidential: false,
      encryptedSecret: null,
      isEnabled: true,
      redirectUris: ['http://localhost:3000/swagger/oauth2-redirect.html'],
      grantTypes: ['authorization_code', 'refresh_token'],
    });
    expect(client?.scope).toEqual(
      expect.arrayContaining(['openid', 'offline_access', 'site:default', 'user/Patient.read', 'patient/Patient.read']),
    );
    expect(client?.scope.filter((scope) => scope.startsWith('system/'))).toEqual([]);
  });

  it('is left alone by a second start', async () => {
    const first = await start();
    floor.clock.advance(60);
    expect(await start()).toEqual(first);
  });

  it('moves with the public address', async () => {
    const first = await start();
    const moved = await start({ PUBLIC_URL: 'https://id.clinic.example' });
    expect(moved).toEqual({ ...first, redirectUris: ['https://id.clinic.example/swagger/oauth2-redirect.html'] });
  });

  it('is switched off with the setting, and on again', async () => {
    expect(await start({ CHARTKEY_SWAGGER_CLIENT: 'off' })).toBeNull();
    await start();
    expect(await start({ CHARTKEY_SWAGGER_CLIENT: 'off' })).toMatchObject({ isEnabled: false });
    expect(await start()).toMatchObject({ isEnabled: true });
  });

  it('is made once when several processes start together', async () => {
    await Promise.all([start(), start(), start()]);
    expect((await floor.clients.list()).filter((client) => client.clientId === SWAGGER_CLIENT_ID)).toHaveLength(1);
  });
});
