import { readFileSync } from 'node:fs';
import { LANGUAGES } from './languages.js';

describe('LANGUAGES', () => {
  it('are those of docs/languages.md, reviewed where it says so', () => {
    const rows = [...readFileSync('docs/languages.md', 'utf8').matchAll(/^\| [^|]+ \| `([\w-]+)` \| (\w+) to \w+ \| (yes|no) +\|$/gm)];
    expect(rows.map(([, tag, from, reviewed]) => [tag, from === 'right' ? 'rtl' : 'ltr', reviewed === 'yes'])).toEqual(
      LANGUAGES.map(({ tag, direction, isReviewed }) => [tag, direction, isReviewed]),
    );
  });

  it('have tags as BCP 47 writes them, and the direction that Unicode gives their script', () => {
    for (const { tag, direction } of LANGUAGES) {
      expect(Intl.getCanonicalLocales(tag)).toEqual([tag]);
      expect(direction).toBe(/^(ar|he)$/.test(tag) ? 'rtl' : 'ltr');
    }
  });
});
