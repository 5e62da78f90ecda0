import { Command } from 'commander';
import type { OutputOptions } from '../output.js';

/** `chartkey serve` */
export function serveCommand(): Command {
  return new Command('serve')
    .description('start the server; it ends with SIGTERM or Ctrl+C')
    .option('--json', 'print where it is as JSON')
    .action(async (options: OutputOptions) => {
      const { serve } = await import('../serve.js');
      await serve(options);
    });
}
