import 'reflect-metadata';
import { getMetadataStorage } from 'class-validator';
import { Env } from '../../src/platform/config/env.dto.js';
import { ConfigError, loadConfig } from '../../src/platform/config/load-config.js';
import { markdownRows, readProjectFile } from '../support/source-files.js';

/** Defaults that are made of other settings, as the documents write them. */
const DERIVED: Readonly<Record<string, string>> = {
  PUBLIC_URL: 'http://localhost:$PORT',
  CHARTKEY_FHIR_URL: '$PUBLIC_URL/apis/$SITE/fhir',
  CHARTKEY_SESSION_IDLE: 'of the EHR',
};

interface DocumentedSetting {
  readonly name: string;
  readonly default: string;
  readonly unit: string;
  readonly meaning: string;
}

const RULES = getMetadataStorage().getTargetValidationMetadatas(Env, '', true, false);
const NAMES = [...new Set(RULES.map((rule) => rule.propertyName))].sort();
const DEFAULTS = new Env() as unknown as Readonly<Record<string, string | number | readonly string[] | undefined>>;

const unquoted = (cell: string): string => cell.replaceAll('`', '');
const DOCUMENTED: readonly DocumentedSetting[] = markdownRows(readProjectFile('docs/configuration.md'))
  .filter(([name = '']) => /^`[A-Z_]+`$/.test(name))
  .map(([name = '', standard = '', unit = '', meaning = '']) => ({ name: unquoted(name), default: unquoted(standard), unit, meaning }));
const EXAMPLES = new Map(
  [...readProjectFile('.env.example').matchAll(/^#?([A-Z_]+)=(.*)$/gm)].map(([, name = '', value = '']) => [name, value]),
);

/** A default as a person would write it. */
function written(name: string): string {
  const value = DEFAULTS[name];
  if (value === undefined) return DERIVED[name] ?? 'unset';
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.join(',');
  return String(value);
}

/** The bounds of a number, as the documents write them: `5–600`; null for what is not a number. */
function boundsOf(name: string): string | null {
  const bound = (kind: string): unknown =>
    RULES.find((rule) => rule.propertyName === name && rule.name === kind)?.constraints?.[0] as unknown;
  const [low, high] = [bound('min'), bound('max')];
  return typeof low === 'number' && typeof high === 'number' ? `${low}–${high}` : null;
}

describe('Settings', () => {
  it('are found at all', () => {
    expect(NAMES.length).toBeGreaterThan(20);
    expect(Object.keys(DEFAULTS).filter((name) => !NAMES.includes(name))).toEqual([]);
  });

  it('are each in docs/configuration.md once, with a meaning, and nothing else is', () => {
    expect(DOCUMENTED.map(({ name }) => name).sort()).toEqual(NAMES);
    expect(DOCUMENTED.filter(({ meaning }) => meaning.length < 10)).toEqual([]);
  });

  it('have the default that docs/configuration.md names', () => {
    expect(DOCUMENTED.map(({ name, default: standard }) => [name, standard])).toEqual(DOCUMENTED.map(({ name }) => [name, written(name)]));
  });

  it('have the bounds that docs/configuration.md names, with their unit', () => {
    const numbers = DOCUMENTED.filter(({ name }) => boundsOf(name) !== null);
    expect(numbers.length).toBeGreaterThan(10);
    expect(numbers.map(({ name, unit }) => [name, /\d+–\d+/.exec(unit)?.[0]])).toEqual(numbers.map(({ name }) => [name, boundsOf(name)]));
    expect(numbers.filter(({ unit }) => !/[a-z]/.test(unit))).toEqual([]);
  });

  it('have the derived defaults that docs/configuration.md names', () => {
    const config = loadConfig({ PORT: '4321', SITE: 'north' });
    const filled = (text: string | undefined): string | undefined =>
      text?.replace('$PUBLIC_URL', config.publicUrl.origin).replace('$PORT', '4321').replace('$SITE', 'north');
    expect(config.publicUrl.origin).toBe(filled(DERIVED['PUBLIC_URL']));
    expect(config.fhirUrl).toBe(filled(DERIVED['CHARTKEY_FHIR_URL']));
  });

  it('are each in .env.example, as a comment, and nothing else is', () => {
    expect([...EXAMPLES.keys()].sort()).toEqual(NAMES);
    expect(
      readProjectFile('.env.example')
        .split('\n')
        .filter((line) => line !== '' && !line.startsWith('#')),
    ).toEqual([]);
  });

  it('have their default in .env.example, where they have one', () => {
    const withDefault = NAMES.filter((name) => DEFAULTS[name] !== undefined && !Array.isArray(DEFAULTS[name]));
    expect(withDefault.map((name) => [name, EXAMPLES.get(name)])).toEqual(withDefault.map((name) => [name, written(name)]));
  });

  it('are all known to the program, as no other name is', () => {
    const mistakesOf = (name: string): readonly string[] => {
      try {
        loadConfig({ [name]: '\u0000' });
        return [];
      } catch (error) {
        return error instanceof ConfigError ? error.mistakes : [String(error)];
      }
    };
    const unknown = 'CHARTKEY_SESSION_IDLES is not a setting of this program';
    expect(mistakesOf('CHARTKEY_SESSION_IDLES')).toContain(unknown);
    expect(NAMES.flatMap(mistakesOf).filter((mistake) => mistake.includes('is not a setting'))).toEqual([]);
  });
});
