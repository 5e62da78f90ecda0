import { Command } from 'commander';
import { type OutputOptions, print } from '../output.js';
import { Refusal } from '../exit-status.js';

/** `chartkey cleanup` */
export function cleanupCommand(): Command {
  return new Command('cleanup')
    .description('remove what has expired: codes, records of tokens, sessions, requests nobody answered, used client assertions')
    .option('--json', 'print the counts as JSON')
    .action(async (options: OutputOptions) => {
      const { withApplication } = await import('../application.js');
      const { CleanupService } = await import('../../maintenance/cleanup.service.js');
      const counts = await withApplication((app) => app.get(CleanupService).run());
      if (counts === null) throw new Refusal('another process is cleaning up just now');
      const words = [
        `authorization codes: ${counts.authorizationCodes}`,
        `records of tokens:   ${counts.tokens}`,
        `sessions:            ${counts.sessions}`,
        `requests:            ${counts.interactions}`,
        `client assertions:   ${counts.clientAssertions}`,
        `launches:            ${counts.launches}`,
        `request counts:      ${counts.requestCounts}`,
        `sign-in history:     ${counts.signIns}`,
        `second factors:      ${counts.secondFactors}`,
      ];
      print(counts, ['Removed', ...words.map((line) => `  ${line}`)], options);
    });
}
