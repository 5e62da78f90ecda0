import { Logger } from '@nestjs/common';
import { AssertionHistory } from '../../src/clients/assertion-history.entity.js';
import { ClientAssertions } from '../../src/clients/client-assertions.js';
import { ClientAuthentication } from '../../src/clients/client-authentication.js';
import { ClientIssuer } from '../../src/clients/client-issuer.js';
import { Client } from '../../src/clients/client.entity.js';
import { ClientCompatibility } from '../../src/clients/client-compatibility.entity.js';
import { ClientDefaults } from '../../src/clients/client-defaults.entity.js';
import { ClientMark } from '../../src/clients/client-mark.entity.js';
import { ClientsService } from '../../src/clients/clients.service.js';
import { Compatibility } from '../../src/clients/compatibility.js';
import { CompatibilityUse } from '../../src/clients/compatibility-use.entity.js';
import { CompatibilityUses } from '../../src/clients/compatibility-uses.js';
import { ClientKeySets } from '../../src/clients/keys/client-key-sets.js';
import { KeySetHosts } from '../../src/clients/keys/key-set-hosts.js';
import { NameResolver } from '../../src/clients/keys/name-resolver.js';
import { RemoteKeySets } from '../../src/clients/keys/remote-key-sets.js';
import { RegisteredOrigins } from '../../src/clients/registered-origins.js';
import { SourceAttribute } from '../../src/clients/source-attribute.entity.js';
import { UsedAssertion } from '../../src/clients/used-assertion.entity.js';
import { UsedAssertions } from '../../src/clients/used-assertions.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { EhrClock } from '../../src/platform/ehr/ehr-clock.js';
import { GlobalSetting } from '../../src/platform/ehr/global-setting.entity.js';
import { GlobalSettings } from '../../src/platform/ehr/global-settings.js';
import { Metrics } from '../../src/platform/metrics/metrics.service.js';
import { FixedClock } from './fixed-clock.js';
import { SeededRandom } from './seeded-random.js';
import { openTestDatabase, type TestDatabase } from './test-database.js';

/** The services of the module `clients` on an embedded demo site of their own. */
export interface ClientsFloor extends TestDatabase {
  readonly clock: FixedClock;
  readonly random: SeededRandom;
  readonly settings: GlobalSettings;
  readonly ehrClock: EhrClock;
  readonly transactions: Transactions;
  readonly clients: ClientsService;
  readonly issuer: ClientIssuer;
  readonly metrics: Metrics;
  readonly uses: CompatibilityUses;
  readonly compatibility: Compatibility;
  readonly used: UsedAssertions;
  readonly assertions: ClientAssertions;
  readonly authentication: ClientAuthentication;
}

/** @param env settings, by the names of their variables */
export async function openClientsFloor(env: Record<string, string> = {}): Promise<ClientsFloor> {
  Logger.overrideLogger(false);
  const entities = [
    Client,
    SourceAttribute,
    ClientDefaults,
    ClientMark,
    ClientCompatibility,
    CompatibilityUse,
    UsedAssertion,
    AssertionHistory,
  ];
  const database = await openTestDatabase(entities, { env });
  const { source, site, config } = database;
  const clock = FixedClock.at('2026-01-01T00:00:00Z');
  const random = new SeededRandom('clients');
  const settings = new GlobalSettings(source.getRepository(GlobalSetting), clock);
  const ehrClock = new EhrClock(settings, config, clock);
  const repository = source.getRepository(Client);
  const clients = new ClientsService(
    repository,
    source.getRepository(SourceAttribute),
    source.getRepository(ClientDefaults),
    new RegisteredOrigins(repository, clock),
    site,
  );
  const metrics = new Metrics();
  const uses = new CompatibilityUses(source.getRepository(CompatibilityUse), clock, metrics);
  const compatibility = new Compatibility(source.getRepository(ClientCompatibility), uses, clients, config, clock);
  const transactions = new Transactions(source);
  const used = new UsedAssertions(source.getRepository(UsedAssertion), source.getRepository(AssertionHistory), ehrClock, clock);
  const keySets = new ClientKeySets(new RemoteKeySets(new KeySetHosts(new NameResolver(), config), clock));
  const assertions = new ClientAssertions(keySets, used, transactions, config, clock);
  return {
    ...database,
    clock,
    random,
    settings,
    ehrClock,
    transactions,
    clients,
    issuer: new ClientIssuer(random, clock, ehrClock, site, config),
    metrics,
    uses,
    compatibility,
    used,
    assertions,
    authentication: new ClientAuthentication(clients, compatibility, assertions, site, random),
  };
}
