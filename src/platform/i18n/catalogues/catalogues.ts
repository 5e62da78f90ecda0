import { account } from './account/index.js';
import { accountApps } from './account-apps/index.js';
import { accountSessions } from './account-sessions/index.js';
import { accountHistory } from './account-history/index.js';
import { newPassword } from './new-password/index.js';
import { alreadyAnswered } from './already-answered/index.js';
import { awaitingApproval } from './awaiting-approval/index.js';
import { common } from './common/index.js';
import { consent } from './consent/index.js';
import { error } from './error/index.js';
import { factors } from './factors/index.js';
import { formPost } from './form-post/index.js';
import { help } from './help/index.js';
import { home } from './home/index.js';
import { launchSimulator } from './launch-simulator/index.js';
import { layout } from './layout/index.js';
import { logout } from './logout/index.js';
import { patientChoice } from './patient-choice/index.js';
import { requestingApp } from './requesting-app/index.js';
import { resources } from './resources/index.js';
import { scopes } from './scopes/index.js';
import { secondFactor } from './second-factor/index.js';
import { signIn } from './sign-in/index.js';
import { signedOut } from './signed-out/index.js';
import { startAtApp } from './start-at-app/index.js';

/** What every page says, in every language. A new page is a line above and a line here. */
export const CATALOGUES = {
  account,
  accountApps,
  accountSessions,
  accountHistory,
  newPassword,
  alreadyAnswered,
  awaitingApproval,
  common,
  consent,
  error,
  factors,
  formPost,
  help,
  home,
  launchSimulator,
  layout,
  logout,
  patientChoice,
  requestingApp,
  resources,
  scopes,
  secondFactor,
  signIn,
  signedOut,
  startAtApp,
};
