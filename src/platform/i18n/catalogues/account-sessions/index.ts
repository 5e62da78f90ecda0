import { inEveryLanguage } from '../../page-words.js';
import ar from './ar.js';
import de from './de.js';
import en from './en.js';
import es from './es.js';
import fr from './fr.js';
import he from './he.js';
import ptBR from './pt-BR.js';

/** Where a person is signed in, and how they sign out there. */
export const accountSessions = inEveryLanguage({ en, es, fr, de, 'pt-BR': ptBR, ar, he });
