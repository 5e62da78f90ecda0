import { inEveryLanguage } from '../../page-words.js';
import ar from './ar.js';
import de from './de.js';
import en from './en.js';
import es from './es.js';
import fr from './fr.js';
import he from './he.js';
import ptBR from './pt-BR.js';

/** Showing a second factor at sign-in, and signing in with a passkey. */
export const secondFactor = inEveryLanguage({ en, es, fr, de, 'pt-BR': ptBR, ar, he });
