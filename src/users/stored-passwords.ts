import { Injectable } from '@nestjs/common';
import { HashingBusyError } from '../platform/ambient/hashing-queue.js';
import { PasswordHasher } from '../platform/ambient/password-hasher.js';
import { Config } from '../platform/config/config.js';
import { GlobalSettings } from '../platform/ehr/global-settings.js';
import { type PasswordHashSettings, readPasswordHashSettings } from '../platform/ehr/password-form.js';

/** Verifies passwords under the site's settings. */
@Injectable()
export class StoredPasswords {
  constructor(
    private readonly hasher: PasswordHasher,
    private readonly settings: GlobalSettings,
    private readonly config: Config,
  ) {}

  /**
   * @param stored the column; NULL and forms that cannot log in cost as much as a hash does
   * @throws HashingBusyError
   */
  async verify(password: string, stored: string | null): Promise<boolean> {
    return this.hasher.verify(password, stored ?? '', await this.hashSettings());
  }

  /**
   * Costs what a verification costs: whoever is refused earlier waits as long.
   * @throws HashingBusyError
   */
  async verifyDummy(password: string): Promise<void> {
    await this.hasher.verifyDummy(password, await this.hashSettings());
  }

  /**
   * The text to store for a new password, as the site's settings ask.
   * @throws HashingBusyError, UnhashablePasswordError
   */
  async hash(password: string): Promise<string> {
    return this.hasher.hash(password, await this.hashSettings());
  }

  /** Whether a password is one of these; one after the other, since each costs a hash. @throws HashingBusyError */
  async isAmong(password: string, stored: ReadonlyArray<string | null>): Promise<boolean> {
    for (const hash of stored) if (hash && (await this.verify(password, hash))) return true;
    return false;
  }

  /**
   * @param password just verified against `stored`
   * @returns what is to be stored instead; null when it fits the settings, or when there is no time for it now
   */
  async findReplacement(password: string, stored: string): Promise<string | null> {
    const settings = await this.hashSettings();
    if (!this.hasher.needsRehash(stored, settings)) return null;
    try {
      return await this.hasher.hash(password, settings);
    } catch (error) {
      if (error instanceof HashingBusyError) return null; // the next sign-in does it
      throw error;
    }
  }

  private async hashSettings(): Promise<PasswordHashSettings> {
    return readPasswordHashSettings((await this.settings.read()).values, this.config.ehrBcryptCost);
  }
}
