// eslint-disable-next-line no-restricted-imports -- the one global module, see its comment
import { type DynamicModule, Global, Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import { getDataSourceToken, TypeOrmModule } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { Clock } from './ambient/clock.js';
import { EhrPasswordHasher, PasswordHasher } from './ambient/password-hasher.js';
import { Random } from './ambient/random.js';
import { ApiLogEntry } from './audit/api-log-entry.entity.js';
import { AuditService } from './audit/audit.service.js';
import { LogChecksum } from './audit/log-checksum.entity.js';
import { LogEntry } from './audit/log-entry.entity.js';
import { Config } from './config/config.js';
import { createDataSource } from './database/create-data-source.js';
import { seedDemoSite } from './database/embedded/seed-demo-site.js';
import { openDatabase } from './database/open-database.js';
import { Transactions } from './database/transactions.js';
import { EhrClock } from './ehr/ehr-clock.js';
import { EhrKey } from './ehr/ehr-key.entity.js';
import { EhrSite } from './ehr/ehr-site.js';
import { GlobalSetting } from './ehr/global-setting.entity.js';
import { GlobalSettings } from './ehr/global-settings.js';
import { openEhrSite } from './ehr/open-ehr-site.js';
import { UuidEntry } from './ehr/uuid-entry.entity.js';
import { UuidRegistry } from './ehr/uuid-registry.js';
import { HealthController } from './health/health.controller.js';
import { MetricsController } from './metrics/metrics.controller.js';
import { Metrics } from './metrics/metrics.service.js';
import { ResourceMetrics } from './metrics/resource-metrics.js';
import { RedisConnection } from './redis/redis-connection.service.js';
import { AddressAttempts } from './throttle/address-attempts.js';
import { AddressFailure } from './throttle/address-failure.entity.js';
import { AttemptLimits } from './throttle/attempt-limits.js';
import { IpAttempt } from './throttle/ip-attempt.entity.js';
import { RateCount } from './throttle/rate-count.entity.js';
import { RateLimits } from './throttle/rate-limits.service.js';
import { RateSharing } from './throttle/rate-sharing.service.js';
import { RedisCounts } from './throttle/redis-counts.js';
import { TableCounts } from './throttle/table-counts.js';
import { AccessGuard } from './web/access.guard.js';
import { ApiSwitchGuard } from './web/api-switch.guard.js';
import { AssetsController } from './web/assets.controller.js';
import { BrandAssets } from './web/assets/brand-assets.js';
import { BrandingService } from './web/branding.service.js';
import { Browser } from './web/browser.js';
import { CookieJar } from './web/cookie-jar.js';
import { OAuthErrorFilter } from './web/oauth-error.filter.js';
import { PageFrames } from './web/page-frames.service.js';
import { StandingAnswers } from './web/standing-answers.js';

/** What a test replaces: time and chance. */
export interface Ambient {
  readonly clock: Clock;
  readonly random: Random;
}

const SERVICES = [
  Transactions,
  EhrClock,
  GlobalSettings,
  BrandAssets,
  BrandingService,
  PageFrames,
  Browser,
  CookieJar,
  AuditService,
  AttemptLimits,
  AddressAttempts,
  UuidRegistry,
  Metrics,
  StandingAnswers,
  RedisConnection,
  RateLimits,
  RedisCounts,
  TableCounts,
  RateSharing,
];

/**
 * The services floor. The one global module: settings, time, chance, database and pages are the ground that every module stands on,
 * and their values differ from process to process, so a static import cannot name them.
 */
@Global()
@Module({})
export class PlatformModule {
  static forRoot(config: Config, ambient: Ambient): DynamicModule {
    return {
      module: PlatformModule,
      imports: [
        TypeOrmModule.forRootAsync({
          // Nest adds the entities of every module to these options; the connection is opened by the factory below.
          useFactory: () => ({
            ...createDataSource(config, []).options,
            autoLoadEntities: true,
            manualInitialization: true,
            toRetry: () => false,
          }),
          dataSourceFactory: (options) => openDatabase(config, options?.entities),
        }),
        TypeOrmModule.forFeature([
          GlobalSetting,
          EhrKey,
          LogEntry,
          LogChecksum,
          ApiLogEntry,
          IpAttempt,
          AddressFailure,
          RateCount,
          UuidEntry,
        ]),
      ],
      controllers: [AssetsController, HealthController, MetricsController],
      providers: [
        { provide: Config, useValue: config },
        { provide: Clock, useValue: ambient.clock },
        { provide: Random, useValue: ambient.random },
        { provide: PasswordHasher, useClass: EhrPasswordHasher },
        { provide: EhrSite, inject: [getDataSourceToken()], useFactory: (source: DataSource) => prepareSite(source, config, ambient) },
        ...SERVICES,
        ResourceMetrics,
        { provide: APP_GUARD, useClass: AccessGuard },
        { provide: APP_GUARD, useClass: ApiSwitchGuard }, // after the other, which notes who reads errors
        { provide: APP_FILTER, useClass: OAuthErrorFilter },
      ],
      exports: [Config, Clock, Random, PasswordHasher, EhrSite, ...SERVICES],
    };
  }
}

async function prepareSite(source: DataSource, config: Config, ambient: Ambient): Promise<EhrSite> {
  const site = await openEhrSite(source, config, ambient.random);
  await seedDemoSite(source, site, config, ambient.clock.now());
  return site;
}
