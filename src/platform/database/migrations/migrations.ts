import { EhrBaseline1764000000001 } from './0001-ehr-baseline.migration.js';
import { AuthorizationServer1764000000002 } from './0002-authorization-server.migration.js';
import { SignInFailures1764000000003 } from './0003-sign-in-failures.migration.js';
import { Lease1764000000004 } from './0004-lease.migration.js';
import { ClientCompatibility1764000000005 } from './0005-client-compatibility.migration.js';
import { SealedRefreshToken1764000000006 } from './0006-sealed-refresh-token.migration.js';
import { AddressFailures1764000000007 } from './0007-address-failures.migration.js';
import { ClientAssertion1764000000016 } from './0016-client-assertion.migration.js';

/** Every migration, in order. */
export const MIGRATIONS = [
  EhrBaseline1764000000001,
  AuthorizationServer1764000000002,
  SignInFailures1764000000003,
  Lease1764000000004,
  ClientCompatibility1764000000005,
  SealedRefreshToken1764000000006,
  AddressFailures1764000000007,
  ClientAssertion1764000000016,
];
