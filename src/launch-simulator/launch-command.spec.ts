import { execFileSync } from 'node:child_process';
import { launchCommand } from './launch-command.js';

describe('launchCommand', () => {
  it('is one command, whose words a shell reads as they were', () => {
    const command = launchCommand('https://id.example/oauth2/default', { app: `it's "$(touch x)" \\`, user: 'ada', patient: null });
    const script = `curl() { printf '%s\\n' "$@"; }; CLIENT_ID=me CLIENT_SECRET=mine; ${command}`;
    expect(execFileSync('sh', ['-c', script], { encoding: 'utf8' }).trim().split('\n')).toEqual([
      ...['-sS', 'https://id.example/oauth2/default/smart/launch', '-u', 'me:mine'],
      ...['--data-urlencode', `app=it's "$(touch x)" \\`, '--data-urlencode', 'user=ada'],
    ]);
  });
});
