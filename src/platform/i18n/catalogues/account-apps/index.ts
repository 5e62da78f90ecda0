import { inEveryLanguage } from '../../page-words.js';
import ar from './ar.js';
import de from './de.js';
import en from './en.js';
import es from './es.js';
import fr from './fr.js';
import he from './he.js';
import ptBR from './pt-BR.js';

/** Apps with access, and how it is taken away. */
export const accountApps = inEveryLanguage({ en, es, fr, de, 'pt-BR': ptBR, ar, he });
