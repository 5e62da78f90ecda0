import { placeOf, readSourceFiles, type SourceFile } from '../support/source-files.js';

/** Where SQL is written by hand besides migrations and queries, how often, and why there. */
const EXCEPTIONS: Readonly<Record<string, { readonly times: number; readonly reason: string }>> = {
  'src/platform/health/health.controller.ts': { times: 1, reason: 'asks the database for a sign of life; reads no table' },
  'src/platform/database/open-database.ts': { times: 2, reason: 'sets the time zone of a connection; reads no table' },
  'src/platform/database/run-migrations.ts': { times: 2, reason: 'takes and gives back a lock of the server; reads no table' },
  'src/platform/database/embedded/embedded-query-runner.ts': { times: 3, reason: 'is the driver: hands on the statements of others' },
  'src/platform/database/prepared.ts': { times: 3, reason: 'hands on the statements of others' },
  'src/platform/database/mapped-statements.ts': { times: 2, reason: 'makes the statements of entities from their mapping' },
  'src/platform/database/embedded/seed-demo-site.ts': {
    times: 2,
    reason: 'fills tables of the EHR that no entity maps, on the embedded database only',
  },
};

const HAND_WRITTEN = /(?:\.query|(?<!function )\breadRows|(?<!function )\bwriteRows)\s*(?:<[^;]*?>)?\s*\(/g;
const STATEMENT = /[`'"]\s*(?:SELECT\s[\s\S]{1,400}?\sFROM|INSERT\s+INTO|UPDATE\s+\S+\s+SET|DELETE\s+FROM)\s/gi;

const isHomeOfSql = ({ path }: SourceFile): boolean =>
  /\.(migration|query|statement)\.ts$/.test(path) || path.startsWith('src/platform/database/embedded/ehr-');

const FILES = readSourceFiles();
const QUERIES = FILES.filter(({ path }) => path.endsWith('.query.ts'));

const placesOf = (pattern: RegExp, file: SourceFile): string[] =>
  [...file.text.matchAll(pattern)].map((match) => placeOf(file, match.index));

describe('Hand-written SQL', () => {
  it('is run by migrations, queries and the exceptions that give a reason', () => {
    const elsewhere = FILES.filter((file) => !isHomeOfSql(file) && !(file.path in EXCEPTIONS));
    expect(elsewhere.flatMap((file) => placesOf(HAND_WRITTEN, file))).toEqual([]);
  });

  it('is written by migrations, queries and the exceptions that give a reason', () => {
    const elsewhere = FILES.filter((file) => !isHomeOfSql(file) && !(file.path in EXCEPTIONS));
    expect(elsewhere.flatMap((file) => placesOf(STATEMENT, file))).toEqual([]);
  });

  it.each(Object.entries(EXCEPTIONS))('has not grown in %s', (path, { times }) => {
    const file = FILES.find((candidate) => candidate.path === path);
    expect(file && placesOf(HAND_WRITTEN, file)).toHaveLength(times);
  });

  it('keeps to one read in each query file', () => {
    const runs = QUERIES.map((file) => ({ path: file.path, runs: placesOf(HAND_WRITTEN, file).length }));
    expect(runs.length).toBeGreaterThan(0);
    expect(runs.filter((query) => query.runs !== 1)).toEqual([]);
  });

  it('only reads, in query files', () => {
    const writes = /\b(INSERT\s+INTO|REPLACE\s+INTO|UPDATE\s+\S+\s+SET|DELETE\s+FROM|(?:CREATE|ALTER|DROP|TRUNCATE)\s+TABLE)\b/gi;
    expect(QUERIES.flatMap((file) => placesOf(writes, file))).toEqual([]);
  });

  it('joins nothing into its text but question marks, words of its own and lists of mapped columns, in query files', () => {
    const isHarmless = (expression: string): boolean =>
      expression === 'places' || /^\w+\.list$/.test(expression) || /^\w+ \? '[^']*' : '[^']*'$/.test(expression);
    const texts = QUERIES.flatMap((file) => [...file.text.matchAll(/`[^`]*\bSELECT\b[^`]*`/gi)].map((match) => ({ file, match })));
    expect(texts.length).toBeGreaterThan(0);
    const joined = texts.filter(({ match }) =>
      [...match[0].matchAll(/\$\{([^}]*)\}/g)].some(([, expression = '']) => !isHarmless(expression)),
    );
    expect(joined.map(({ file, match }) => placeOf(file, match.index))).toEqual([]);
  });
});
