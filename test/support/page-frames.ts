import { ENGLISH, findLanguage } from '../../src/platform/i18n/languages.js';
import { Words } from '../../src/platform/i18n/words.js';
import type { Branding, PageFrame } from '../../src/platform/web/page-frame.js';
import { PSEUDO } from './pseudo-locale.js';

/** The frame of a page in a test: clinic "Riverside", UTC, English unless another language (or `en-XA`) is named. */
export function frameIn(tag: string = ENGLISH.tag, branding: Partial<Branding> = {}, here: string | null = null): PageFrame {
  const language = tag === PSEUDO.tag ? PSEUDO : findLanguage(tag);
  if (language === null) throw new Error(`no language ${tag}`);
  return {
    branding: {
      ...{
        clinicName: 'Riverside',
        rootPath: '',
        assetsPath: '/assets',
        testData: false,
        logoHref: null,
        coloursHref: null,
        helpText: null,
      },
      ...branding,
    },
    words: new Words(language, 'UTC'),
    here,
    expiry: null,
  };
}
