import { SECTIONS } from './sections.mjs';
import { table } from './tables.mjs';
import { targetRows } from './targets.mjs';

function section(results, { part, title, text, render }) {
  const result = results[part];
  const body = result === undefined ? 'Not measured.' : `${render(result.data)}\n\n${sourceOf(result)}`;
  return `## ${title}\n\n${text} Alone: \`npm run bench -- --only ${part}\`.\n\n${body}\n`;
}

function sourceOf({ commit, at, facts, options: { rounds, seconds } }) {
  return `Measured ${at} UTC at ${commit}, ${rounds} rounds of ${seconds} seconds, ${Object.fromEntries(facts)['other work']}.`;
}

/**
 * The whole page.
 * @param results what each part measured, by its name, as `readResults` gives it; missing parts are shown as such
 */
export function renderReport(results) {
  const [first] = Object.values(results);
  const facts = (first?.facts ?? []).filter(([name]) => name !== 'other work');
  return `# Benchmarks

Measured by \`npm run bench\` and written by it (\`--write\`). Every server is a Node process of its own, started from the build with the settings a person starts
with. Figures are medians of interleaved rounds. Requests a second depend on the machine and on what else it does; ratios of the same round, and the
processor time of a request, travel better.

## Targets

Ratios are of requests a second in the same round, Chartkey on ${Object.fromEntries(facts)['database server']?.split(' ')[0] ?? 'the database'} on one core unless said.

${table(5, ['case', 'target', 'measured', 'met', 'what a miss comes from'], targetRows(results))}

${facts.map(([name, value]) => `- ${name}: ${value}`).join('\n')}

${SECTIONS.map((each) => section(results, each)).join('\n')}`;
}
