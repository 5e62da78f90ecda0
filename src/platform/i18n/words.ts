import type { ComponentChild, VNode } from 'preact';
import type { CATALOGUES } from './catalogues/catalogues.js';
import { fillGaps, fillTextGaps } from './fill-gaps.js';
import type { PageLanguage } from './languages.js';
import type { BaseKey, GapsOf, PluralForm } from './page-words.js';
import { translator } from './translator.js';

type Pages = typeof CATALOGUES;
type English<Page extends keyof Pages> = Pages[Page]['en'];

/** `page.key`: the name of a sentence, without the ending of its plural forms. */
export type WordKey = { [Page in keyof Pages]: `${Page}.${Extract<BaseKey<keyof English<Page>>, string>}` }[keyof Pages];

type Forms<Words, Key extends string> = Words[Extract<keyof Words, Key | `${Key}_${PluralForm}`>];
type SentenceOf<Key extends WordKey> = Key extends `${infer Page extends keyof Pages}.${infer Name}` ? Forms<English<Page>, Name> : never;
type IsCounted<Key extends WordKey> = Key extends `${infer Page extends keyof Pages}.${infer Name}`
  ? `${Name}_other` extends keyof English<Page>
    ? true
    : false
  : never;

/** The gaps of a sentence by its key; `count` stands for the number of a plural. */
export type GapsOfKey<Key extends WordKey> = GapsOf<SentenceOf<Key>> | (true extends IsCounted<Key> ? 'count' : never);
type Values<Key extends WordKey, Value> = { readonly [Name in GapsOfKey<Key>]: Name extends 'count' ? number : Value };
type ValueArguments<Key extends WordKey, Value> = [GapsOfKey<Key>] extends [never] ? [] : [values: Values<Key, Value>];

const DAY = 86_400;
const UNITS = [
  ['year', 365 * DAY],
  ['month', 30 * DAY],
  ['week', 7 * DAY],
  ['day', DAY],
  ['hour', 3600],
  ['minute', 60],
] as const;

/** What a page says, in the language of the person who reads it. A key that does not exist, or a gap without a value, does not compile. */
export class Words {
  /** @param timeZone IANA zone of the clinic, in which its people read dates */
  constructor(
    readonly language: PageLanguage,
    private readonly timeZone: string,
  ) {}

  /** A sentence as text, for titles, attributes and plain paragraphs. */
  say<Key extends WordKey>(key: Key, ...values: ValueArguments<Key, string | number>): string {
    return fillTextGaps(this.find(key, values[0]), { ...values[0], ...this.countText(values[0]) });
  }

  /** A sentence whose gaps hold markup, such as `<Name of={clinic} />`. */
  show<Key extends WordKey>(key: Key, ...values: ValueArguments<Key, ComponentChild>): VNode {
    return fillGaps(this.find(key, values[0]), { ...values[0], ...this.countText(values[0]) });
  }

  /** `24 February 2027`. */
  date(moment: Date): string {
    return new Intl.DateTimeFormat(this.language.tag, { dateStyle: 'long', timeZone: this.timeZone }).format(moment);
  }

  /** The same of a day that is no moment, such as a birth date. @param day `YYYY-MM-DD` */
  day(day: string): string {
    return new Intl.DateTimeFormat(this.language.tag, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));
  }

  /** `24 February 2027 at 16:05`. */
  dateTime(moment: Date): string {
    return new Intl.DateTimeFormat(this.language.tag, { dateStyle: 'long', timeStyle: 'short', timeZone: this.timeZone }).format(moment);
  }

  /** `3 days ago`, `in 2 hours`, `now`: the largest unit that fits. */
  relative(moment: Date, now: Date): string {
    const seconds = Math.round((moment.getTime() - now.getTime()) / 1000);
    const [unit, length] = UNITS.find(([, each]) => Math.abs(seconds) >= each) ?? (['second', 1] as const);
    const amount = unit === 'second' ? 0 : Math.trunc(seconds / length);
    return new Intl.RelativeTimeFormat(this.language.tag, { numeric: 'auto' }).format(amount, unit);
  }

  /** `a, b and c`. */
  list(items: readonly string[]): string {
    return new Intl.ListFormat(this.language.tag, { type: 'conjunction' }).format(items);
  }

  private find(key: WordKey, values: object | undefined): string {
    const count = values !== undefined && 'count' in values ? { count: Number(values.count) } : {};
    return String(translator.getFixedT(this.language.tag)(key, { ...count, skipInterpolation: true }));
  }

  private countText(values: object | undefined): { count?: string } {
    if (values === undefined || !('count' in values)) return {};
    return { count: new Intl.NumberFormat(this.language.tag).format(Number(values.count)) };
  }
}
