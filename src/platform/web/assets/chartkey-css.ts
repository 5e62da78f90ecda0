import { ACCOUNT_CSS } from './account-css.js';
import { DOCUMENT_CSS } from './document-css.js';
import { FACTORS_CSS } from './factors-css.js';
import { FORMS_CSS } from './forms-css.js';
import { PATIENTS_CSS } from './patients-css.js';
import { THEME_CSS } from './theme-css.js';

/** The stylesheet of every page. It names no other file and no outside address. */
export const STYLESHEET = `${THEME_CSS}${DOCUMENT_CSS}${FORMS_CSS}${ACCOUNT_CSS}${FACTORS_CSS}${PATIENTS_CSS}`;
