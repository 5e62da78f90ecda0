import { inEveryLanguage } from '../../page-words.js';
import ar from './ar.js';
import de from './de.js';
import en from './en.js';
import es from './es.js';
import fr from './fr.js';
import he from './he.js';
import ptBR from './pt-BR.js';

/** On which a member of staff says whose record an app may open, and what other pages say of that choice. */
export const patientChoice = inEveryLanguage({ en, es, fr, de, 'pt-BR': ptBR, ar, he });
