import { CommanderError, type Command } from 'commander';
import { createProgram } from './program.js';

const leaves = (command: Command): Command[] =>
  command.commands.length === 0 ? [command] : command.commands.flatMap((child) => leaves(child));

describe('the command line', () => {
  it('has the commands that are documented', () => {
    const names = leaves(createProgram()).map(
      (command) => `${command.parent?.name() === 'chartkey' ? '' : `${command.parent?.name()} `}${command.name()}`,
    );
    expect(names).toEqual([
      'serve',
      ...['list', 'show', 'create', 'compat', 'mark', 'approve', 'disable', 'delete'].map((name) => `clients ${name}`),
      'scopes explain',
      ...['list', 'rotate', 'export', 'import'].map((name) => `keys ${name}`),
      ...['unlock', 'reset-mfa'].map((name) => `users ${name}`),
      ...['up', 'down', 'status'].map((name) => `migrate ${name}`),
      'openapi',
      'cleanup',
      'doctor',
    ]);
  });

  it('offers JSON and a description everywhere', () => {
    for (const command of leaves(createProgram())) {
      expect(command.options.map((option) => option.long)).toContain('--json');
      expect(command.description()).not.toBe('');
    }
  });

  it.each([[['nonsense']], [['clients', 'show']], [['serve', '--nonsense']]])('does not run %j', async (words) => {
    const program = createProgram();
    for (const command of [program, ...program.commands, ...program.commands.flatMap((child) => child.commands)]) {
      command.configureOutput({ writeErr: () => undefined });
    }
    await expect(program.parseAsync(words, { from: 'user' })).rejects.toThrow(CommanderError);
  });
});
