import { stat } from 'node:fs/promises';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { Clock } from '../ambient/clock.js';
import { PasswordHasher } from '../ambient/password-hasher.js';
import { EhrSite } from '../ehr/ehr-site.js';
import { sitePaths } from '../ehr/site-folder.js';
import { poolUse } from '../database/pool-use.js';
import { Metrics } from './metrics.service.js';

/** What the process has of what can run out, or grow old: looked at when somebody reads the metrics. */
@Injectable()
export class ResourceMetrics {
  constructor(
    @InjectDataSource() private readonly source: DataSource,
    private readonly hasher: PasswordHasher,
    private readonly site: EhrSite,
    private readonly clock: Clock,
    metrics: Metrics,
  ) {
    this.watchPool(metrics);
    this.watchHashing(metrics);
    this.watchKey(metrics);
  }

  private watchPool(metrics: Metrics): void {
    const { source } = this;
    metrics.gauge({
      name: 'chartkey_database_connections',
      help: 'Connections to the database, and requests that wait for one; nothing with the embedded database',
      labelNames: ['state'],
      collect() {
        const use = poolUse(source);
        for (const [state, count] of Object.entries<number>({ ...use })) this.set({ state }, count);
      },
    });
  }

  private watchHashing(metrics: Metrics): void {
    const { hasher } = this;
    metrics.gauge({
      name: 'chartkey_passwords_waiting',
      help: 'Passwords that wait for a core to hash them',
      collect() {
        this.set(hasher.waiting);
      },
    });
  }

  /** The EHR keeps no date with its keys: the file of the public one was written when they were made, or copied here. */
  private watchKey(metrics: Metrics): void {
    const { site, clock } = this;
    metrics.gauge({
      name: 'chartkey_signing_key_age_seconds',
      help: 'Time since the file of the public signing key was written',
      async collect() {
        const file = await stat(sitePaths(site.siteDir).publicKey).catch(() => null);
        if (file !== null) this.set(Math.max(0, (clock.now().getTime() - file.mtimeMs) / 1000));
      },
    });
  }
}
