import { inEveryLanguage } from '../../page-words.js';
import ar from './ar.js';
import de from './de.js';
import en from './en.js';
import es from './es.js';
import fr from './fr.js';
import he from './he.js';
import ptBR from './pt-BR.js';

/** The launch simulator: the choice of what is started, and what happens then. */
export const launchSimulator = inEveryLanguage({ en, es, fr, de, 'pt-BR': ptBR, ar, he });
