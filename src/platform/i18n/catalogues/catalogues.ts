import { common } from './common/index.js';
import { home } from './home/index.js';
import { layout } from './layout/index.js';
import { patientChoice } from './patient-choice/index.js';
import { signedOut } from './signed-out/index.js';
import { startAtApp } from './start-at-app/index.js';

/** What every page says, in every language. A new page is a line above and a line here. */
export const CATALOGUES = {
  common,
  home,
  layout,
  patientChoice,
  signedOut,
  startAtApp,
};
