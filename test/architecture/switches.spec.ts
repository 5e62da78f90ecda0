import { COMPATIBILITY_SWITCHES, SWITCH_NAMES } from '../../src/protocol/compatibility/switches.js';
import { markdownRows, readProjectFile, readSourceFiles } from '../support/source-files.js';

const DOCUMENT = readProjectFile('docs/compatibility.md');
const isSwitch = (name: string): boolean => (SWITCH_NAMES as readonly string[]).includes(name);
/** Rows of the table of switches: name, reach, what it restores, warning. */
const DOCUMENTED = markdownRows(DOCUMENT).filter(([, reach = '']) => /^(client, server|server)$/.test(reach));

describe('Switches', () => {
  it('are each in docs/compatibility.md once, with their reach, and nothing else is', () => {
    const written = SWITCH_NAMES.map((name) => [
      `\`${name}\``,
      COMPATIBILITY_SWITCHES[name].reach === 'client' ? 'client, server' : 'server',
    ]);
    expect(DOCUMENTED.map(([name, reach]) => [name, reach])).toEqual(written);
    expect(DOCUMENTED.filter(([, , restores = '', warning = '']) => restores.length < 30 || warning.length < 30)).toEqual([]);
  });

  it('are each named by a difference, and each difference names one or says why there is none', () => {
    const differences = markdownRows(DOCUMENT).filter((row) => row.length === 5);
    const named = differences.map(([, , , , last = '']) =>
      [...last.matchAll(/`([a-z0-9-]+)`/g)].flatMap(([, name = '']) => (isSwitch(name) ? [name] : [])),
    );
    expect(differences.length).toBeGreaterThan(25);
    expect([...new Set(named.flat())].sort()).toEqual([...SWITCH_NAMES].sort());
    expect(differences.filter((row, at) => named[at]?.length === 0 && !/^none/.test(row[4] ?? '')).map(([first]) => first)).toEqual([]);
  });

  it('are each asked for in the program', () => {
    const text = readSourceFiles()
      .map((file) => file.text)
      .join('\n');
    expect(SWITCH_NAMES.filter((name) => !new RegExp(`\\.(apply|applyToNamed)\\('${name}'`).test(text))).toEqual([]);
  });
});
