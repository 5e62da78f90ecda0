import { EhrBaseline1764000000001 } from './0001-ehr-baseline.migration.js';
import { AuthorizationServer1764000000002 } from './0002-authorization-server.migration.js';
import { SignInFailures1764000000003 } from './0003-sign-in-failures.migration.js';
import { Lease1764000000004 } from './0004-lease.migration.js';
import { ClientCompatibility1764000000005 } from './0005-client-compatibility.migration.js';
import { SealedRefreshToken1764000000006 } from './0006-sealed-refresh-token.migration.js';
import { AddressFailures1764000000007 } from './0007-address-failures.migration.js';
import { ChosenAccount1764000000009 } from './0009-chosen-account.migration.js';
import { SecondFactors1764000000010 } from './0010-second-factors.migration.js';
import { Passkeys1764000000011 } from './0011-passkeys.migration.js';
import { RememberedDevices1764000000012 } from './0012-remembered-devices.migration.js';
import { Account1764000000013 } from './0013-account.migration.js';
import { SignInHistory1764000000014 } from './0014-sign-in-history.migration.js';
import { PatientChoice1764000000015 } from './0015-patient-choice.migration.js';
import { ClientAssertion1764000000016 } from './0016-client-assertion.migration.js';
import { ClientDefaults1764000000017 } from './0017-client-defaults.migration.js';
import { RateCount1764000000021 } from './0021-rate-count.migration.js';
import { SessionRest1764000000022 } from './0022-session-rest.migration.js';
import { KeyVoucher1764000000024 } from './0024-key-voucher.migration.js';
import { ClientMark1764000000025 } from './0025-client-mark.migration.js';
import { Launch1764000000026 } from './0026-launch.migration.js';

/** Every migration, in order. */
export const MIGRATIONS = [
  EhrBaseline1764000000001,
  AuthorizationServer1764000000002,
  SignInFailures1764000000003,
  Lease1764000000004,
  ClientCompatibility1764000000005,
  SealedRefreshToken1764000000006,
  AddressFailures1764000000007,
  ChosenAccount1764000000009,
  SecondFactors1764000000010,
  Passkeys1764000000011,
  RememberedDevices1764000000012,
  Account1764000000013,
  SignInHistory1764000000014,
  PatientChoice1764000000015,
  ClientAssertion1764000000016,
  ClientDefaults1764000000017,
  RateCount1764000000021,
  SessionRest1764000000022,
  KeyVoucher1764000000024,
  ClientMark1764000000025,
  Launch1764000000026,
];
