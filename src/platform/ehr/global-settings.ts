import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { Clock } from '../ambient/clock.js';
import { GlobalSetting } from './global-setting.entity.js';

/** Milliseconds for which a read of the settings is used again: a changed row takes effect without restart. */
const KEPT = 5000;

/** The EHR's settings at one moment. A missing row counts as empty. */
export class Globals {
  constructor(readonly values: Readonly<Record<string, string>>) {}

  /** '' when there is no such row. */
  text(name: string): string {
    return this.values[name] ?? '';
  }

  /** Whether a yes/no setting is on; a missing row takes `otherwise`. */
  isOn(name: string, otherwise = false): boolean {
    const value = this.values[name];
    return value === undefined ? otherwise : value !== '' && value !== '0';
  }

  /** A whole number, blanks around it allowed, or `otherwise` when the row is missing or holds something else. */
  number(name: string, otherwise: number): number {
    const value = (this.values[name] ?? '').trim();
    return /^\d{1,15}$/.test(value) ? Number(value) : otherwise;
  }
}

/** Reads the table `globals`. */
@Injectable()
export class GlobalSettings {
  /** As they were read last, however long ago; null before the first read. */
  latest: Globals | null = null;
  private kept: { readonly globals: Promise<Globals>; readonly until: number; value: Globals | null } | null = null;

  constructor(
    @InjectRepository(GlobalSetting) private readonly settings: Repository<GlobalSetting>,
    private readonly clock: Clock,
  ) {}

  /** The settings as they are, or were a few seconds ago. */
  read(): Promise<Globals> {
    const now = this.clock.now().getTime();
    if (!this.kept || this.kept.until <= now || this.kept.until > now + KEPT) {
      const globals = this.load();
      const kept = { globals, until: now + KEPT, value: null as Globals | null };
      this.kept = kept;
      globals.then(
        (value) => (kept.value = value),
        () => (this.kept = null), // a failed read is not kept
      );
    }
    return this.kept.globals;
  }

  /** The settings while they need not be read; null when they must be. */
  get fresh(): Globals | null {
    const now = this.clock.now().getTime();
    return this.kept !== null && this.kept.until > now && this.kept.until <= now + KEPT ? this.kept.value : null;
  }

  private async load(): Promise<Globals> {
    const rows = await this.settings.findBy({ index: 0 });
    this.latest = new Globals(Object.fromEntries(rows.map((row) => [row.name, row.value ?? ''])));
    return this.latest;
  }
}
