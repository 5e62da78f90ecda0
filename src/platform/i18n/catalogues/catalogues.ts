import { account } from './account/index.js';
import { accountApps } from './account-apps/index.js';
import { accountSessions } from './account-sessions/index.js';
import { accountHistory } from './account-history/index.js';
import { newPassword } from './new-password/index.js';
import { common } from './common/index.js';
import { factors } from './factors/index.js';
import { home } from './home/index.js';
import { layout } from './layout/index.js';
import { secondFactor } from './second-factor/index.js';
import { signedOut } from './signed-out/index.js';
import { startAtApp } from './start-at-app/index.js';

/** What every page says, in every language. A new page is a line above and a line here. */
export const CATALOGUES = {
  account,
  accountApps,
  accountSessions,
  accountHistory,
  newPassword,
  common,
  factors,
  home,
  layout,
  secondFactor,
  signedOut,
  startAtApp,
};
