import type { DataSource } from 'typeorm';
import { AcceptedCode } from '../../src/mfa/accepted-code.entity.js';
import { AcceptedCodes } from '../../src/mfa/accepted-codes.js';
import { AuthenticatorApps } from '../../src/mfa/authenticator-apps.service.js';
import { TotpFactor } from '../../src/mfa/factors/totp.factor.js';
import { MfaRegistration } from '../../src/mfa/mfa-registration.entity.js';
import { KeyAssertions } from '../../src/mfa/key-assertions.service.js';
import { MfaService } from '../../src/mfa/mfa.service.js';
import { MfaState } from '../../src/mfa/mfa-state.entity.js';
import { MfaStates } from '../../src/mfa/mfa-states.service.js';
import { Passkey } from '../../src/mfa/passkey.entity.js';
import { Passkeys } from '../../src/mfa/passkeys.service.js';
import { PatientTotp } from '../../src/mfa/patient-totp.entity.js';
import { RecoveryCode } from '../../src/mfa/recovery-code.entity.js';
import { RecoveryCodes } from '../../src/mfa/recovery-codes.service.js';
import { RememberedDevice } from '../../src/mfa/remembered-device.entity.js';
import { RememberedDevices } from '../../src/mfa/remembered-devices.service.js';
import { TotpEnrolment } from '../../src/mfa/totp-enrolment.entity.js';
import { U2fKeys } from '../../src/mfa/u2f-keys.js';
import { WebauthnChallenge } from '../../src/mfa/webauthn-challenge.entity.js';
import { WebauthnChallenges } from '../../src/mfa/webauthn-challenges.js';
import { Patient } from '../../src/patients/patient.entity.js';
import { PatientsService } from '../../src/patients/patients.service.js';
import { EhrPasswordHasher, type PasswordHasher } from '../../src/platform/ambient/password-hasher.js';
import { SystemRandom } from '../../src/platform/ambient/random.js';
import { ApiLogEntry } from '../../src/platform/audit/api-log-entry.entity.js';
import { AuditService } from '../../src/platform/audit/audit.service.js';
import { LogChecksum } from '../../src/platform/audit/log-checksum.entity.js';
import { LogEntry } from '../../src/platform/audit/log-entry.entity.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { EhrClock } from '../../src/platform/ehr/ehr-clock.js';
import { GlobalSetting } from '../../src/platform/ehr/global-setting.entity.js';
import { GlobalSettings } from '../../src/platform/ehr/global-settings.js';
import { UuidEntry } from '../../src/platform/ehr/uuid-entry.entity.js';
import { UuidRegistry } from '../../src/platform/ehr/uuid-registry.js';
import { AddressAttempts } from '../../src/platform/throttle/address-attempts.js';
import { AddressFailure } from '../../src/platform/throttle/address-failure.entity.js';
import { AttemptLimits } from '../../src/platform/throttle/attempt-limits.js';
import { IpAttempt } from '../../src/platform/throttle/ip-attempt.entity.js';
import { Session } from '../../src/sessions/session.entity.js';
import { SessionsService } from '../../src/sessions/sessions.service.js';
import { SignInHistory } from '../../src/sessions/sign-in-history.service.js';
import { Metrics } from '../../src/platform/metrics/metrics.service.js';
import { SignInRecord } from '../../src/sessions/sign-in-record.entity.js';
import { Accounts } from '../../src/sign-in/accounts.service.js';
import { AttemptNotes } from '../../src/sign-in/attempt-notes.service.js';
import { Authentication } from '../../src/sign-in/authentication.service.js';
import { EnrolmentPolicy } from '../../src/sign-in/enrolment-policy.service.js';
import { KeySignIns } from '../../src/sign-in/key-sign-in.service.js';
import { PasswordChange } from '../../src/sign-in/password-change.service.js';
import { PeopleService } from '../../src/sign-in/people.service.js';
import { CookieJar } from '../../src/platform/web/cookie-jar.js';
import { SecondFactors } from '../../src/sign-in/second-factors.service.js';
import { AuthGroup } from '../../src/users/auth-group.entity.js';
import { DirectoryService } from '../../src/users/directory.service.js';
import { LoginFailure } from '../../src/users/login-failure.entity.js';
import { PortalAccount } from '../../src/users/portal-account.entity.js';
import { PortalAccountsService } from '../../src/users/portal-accounts.service.js';
import { StaffService } from '../../src/users/staff.service.js';
import { StoredPasswords } from '../../src/users/stored-passwords.js';
import { UserSecret } from '../../src/users/user-secret.entity.js';
import { User } from '../../src/users/user.entity.js';
import type { FixedClock } from './fixed-clock.js';
import { SeededRandom } from './seeded-random.js';
import type { TestDatabase } from './test-database.js';

/** Every table that signing in reads or writes. */
export const SIGN_IN_ENTITIES = [
  ...[User, UserSecret, AuthGroup, PortalAccount, LoginFailure, Patient, MfaRegistration, AcceptedCode],
  ...[PatientTotp, TotpEnrolment, RecoveryCode, Passkey, WebauthnChallenge, RememberedDevice, MfaState],
  ...[LogEntry, LogChecksum, ApiLogEntry, IpAttempt, AddressFailure, UuidEntry, GlobalSetting, Session, SignInRecord],
];

/** The services behind the sign-in page, put together as the modules do. */
export function signInServices({ config, site }: TestDatabase, source: DataSource, clock: FixedClock, hasher?: PasswordHasher) {
  const random = new SeededRandom();
  const settings = new GlobalSettings(source.getRepository(GlobalSetting), clock);
  const ehrClock = new EhrClock(settings, config, clock);
  const transactions = new Transactions(source);
  const limits = new AttemptLimits(settings, ehrClock, clock);
  const uuids = new UuidRegistry(clock, random, ehrClock);
  const passwords = new StoredPasswords(hasher ?? new EhrPasswordHasher(random), settings, config);
  const staff = new StaffService(
    ...([source.getRepository(User), source.getRepository(UserSecret), source.getRepository(AuthGroup)] as const),
    ...([passwords, limits, settings, ehrClock, uuids, new DirectoryService(settings, site)] as const),
  );
  const portalAccounts = new PortalAccountsService(
    source.getRepository(PortalAccount),
    source.getRepository(LoginFailure),
    passwords,
    limits,
  );
  const patients = new PatientsService(source.getRepository(Patient), uuids);
  const accepted = new AcceptedCodes(source.getRepository(AcceptedCode));
  const totp = new TotpFactor(source.getRepository(MfaRegistration), accepted, site, clock);
  const factors = factorServices({ config, site } as TestDatabase, source, clock, random);
  const { apps, passkeys, recoveryCodes, devices, states, keys, challenges } = factors;
  const mfa = new MfaService(
    source.getRepository(MfaRegistration),
    ...([[totp], apps, passkeys, recoveryCodes, devices, states, challenges] as const),
  );
  const addresses = new AddressAttempts(source.getRepository(IpAttempt), limits);
  const audit = new AuditService(transactions, ehrClock, settings, clock, config);
  const people = new PeopleService(source, staff, portalAccounts, patients, transactions, config);
  const history = new SignInHistory(source.getRepository(SignInRecord), new SystemRandom(), clock, config, new Metrics());
  const sessions = new SessionsService(
    source.getRepository(Session),
    history,
    new CookieJar(config),
    new SystemRandom(),
    clock,
    config,
    settings,
  );
  const passwordChange = new PasswordChange(
    ...([staff, portalAccounts, mfa, sessions, addresses, settings, transactions, audit, config] as const),
  );
  const notes = new AttemptNotes(history, staff, patients);
  const accounts = new Accounts(staff, portalAccounts);
  const secondFactors = new SecondFactors(mfa, keys, devices, accounts, addresses, audit, notes);
  const authentication = new Authentication(
    ...([people, staff, portalAccounts, patients, passwords, mfa, secondFactors, accounts, addresses, settings, audit, notes] as const),
  );
  const keySignIns = new KeySignIns(keys, people, accounts, addresses, notes, audit);
  const enrolmentPolicy = new EnrolmentPolicy(staff, states, clock, config);
  return {
    settings,
    ehrClock,
    transactions,
    staff,
    portalAccounts,
    patients,
    accepted,
    totp,
    mfa,
    addresses,
    audit,
    people,
    authentication,
    history,
    passwordChange,
    accounts,
    secondFactors,
    keySignIns,
    enrolmentPolicy,
    ...factors,
  };
}

/** The services of the module `mfa` besides the one that joins them. */
function factorServices({ config, site }: TestDatabase, source: DataSource, clock: FixedClock, random: SeededRandom) {
  const challenges = new WebauthnChallenges(source.getRepository(WebauthnChallenge), random, clock);
  const passkeys = new Passkeys(source.getRepository(Passkey), challenges, clock, config);
  const registrations = source.getRepository(MfaRegistration);
  return {
    apps: new AuthenticatorApps(
      ...([registrations, source.getRepository(PatientTotp), source.getRepository(TotpEnrolment), site, random, clock] as const),
    ),
    challenges,
    passkeys,
    keys: new KeyAssertions(passkeys, new U2fKeys(registrations), challenges, config),
    recoveryCodes: new RecoveryCodes(source.getRepository(RecoveryCode), random, clock),
    devices: new RememberedDevices(source.getRepository(RememberedDevice), new CookieJar(config), random, clock, config),
    states: new MfaStates(source.getRepository(MfaState), clock),
  };
}

export type SignInServices = ReturnType<typeof signInServices>;

/** Changes settings of the EHR; they take effect at once for whoever reads them after the clock has been moved on by this. */
export async function setGlobals(source: DataSource, clock: FixedClock, values: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, value] of Object.entries(values)) await source.getRepository(GlobalSetting).update({ name, index: 0 }, { value });
  clock.advance(6);
}
