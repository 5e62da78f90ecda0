import { Command } from 'commander';

/** `chartkey openapi` */
export function openapiCommand(): Command {
  return new Command('openapi')
    .description('print the OpenAPI document; needs no database')
    .option('--json', 'as JSON, which it always is')
    .action(async () => {
      const { describeApplication } = await import('../application.js');
      process.stdout.write(`${JSON.stringify(await describeApplication(), null, 2)}\n`);
    });
}
