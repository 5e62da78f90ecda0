/** Which Jest projects run on which database, in the order of the runs. */
const PROJECTS = {
  unit: ['embedded'],
  architecture: ['embedded'],
  conformance: ['embedded'],
  e2e: ['embedded', 'mysql'],
  resilience: ['embedded', 'mysql'],
  browser: ['embedded', 'mysql'],
};
const DATABASES = ['embedded', 'mysql'];

export const USAGE = `Usage: npm test -- [project …] [--database embedded|mysql] [-- <jest arguments>]
Projects: ${Object.keys(PROJECTS).join(', ')} (all of them when none is named)`;

/**
 * Reads the arguments of `npm test`.
 * @returns `{ projects, database, jestArguments }`; projects is null when none is named, database is null for "as planned"
 * @throws Error that says which argument is wrong
 */
export function readArguments(args) {
  const end = args.includes('--') ? args.indexOf('--') : args.length;
  const named = [];
  let database = null;
  for (let at = 0; at < end; at += 1) {
    const [name, inline] = args[at].split('=', 2);
    if (name === '--database') database = checkDatabase(inline ?? args[(at += 1)]);
    else if (Object.hasOwn(PROJECTS, name)) named.push(name);
    else throw new Error(`Unknown argument ${args[at]}.`);
  }
  return { projects: named.length > 0 ? named : null, database, jestArguments: args.slice(end + 1) };
}

function checkDatabase(name) {
  if (DATABASES.includes(name)) return name;
  throw new Error(`--database takes ${DATABASES.join(' or ')}.`);
}

/**
 * The runs that were asked for: one Jest run for each database, browser tests in runs of their own after all others.
 * A project that is named together with a database runs on that one, planned or not.
 * @returns list of `{ database, projects, needsBrowser }`
 */
export function planRuns({ projects, database }) {
  const wanted = Object.keys(PROJECTS).filter((name) => projects === null || projects.includes(name));
  const runsOn = (name, on) => (projects !== null && database !== null ? on === database : PROJECTS[name].includes(on));
  const databases = DATABASES.filter((on) => database === null || on === database);
  const runs = [false, true].flatMap((needsBrowser) =>
    databases.map((on) => ({
      database: on,
      projects: wanted.filter((name) => (name === 'browser') === needsBrowser && runsOn(name, on)),
      needsBrowser,
    })),
  );
  return runs.filter((run) => run.projects.length > 0);
}

/** The project that a test file belongs to. @param file path relative to the project's root, with forward slashes */
export function projectOf(file) {
  return file.startsWith('src/') ? 'unit' : (/^test\/([^/]+)\//.exec(file)?.[1] ?? null);
}
