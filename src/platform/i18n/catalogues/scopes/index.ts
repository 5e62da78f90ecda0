import { inEveryLanguage } from '../../page-words.js';
import ar from './ar.js';
import de from './de.js';
import en from './en.js';
import es from './es.js';
import fr from './fr.js';
import he from './he.js';
import ptBR from './pt-BR.js';

/** What an app may do, one sentence for each scope. {reach} is one of the phrases that begin with reach; {what} is an object of `resources`. */
export const scopes = inEveryLanguage({ en, es, fr, de, 'pt-BR': ptBR, ar, he });
