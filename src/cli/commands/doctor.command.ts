import { Command } from 'commander';
import { EXIT_STATUS } from '../exit-status.js';
import { type OutputOptions, print } from '../output.js';

interface ExamineOptions extends OutputOptions {
  readonly quick?: boolean;
}

/** `chartkey doctor` */
export function doctorCommand(): Command {
  return new Command('doctor')
    .description('look for what is wrong with settings, database, keys, clients and people; nothing is changed')
    .option('--quick', 'leave out what takes long: the count of password forms, the full loop of a token')
    .option('--json', 'print the findings as JSON')
    .action(async (options: ExamineOptions) => {
      const { realAmbient } = await import('../application.js');
      const { readSettingsToExamine } = await import('../settings.js');
      const { examine } = await import('../../doctor/doctor.js');
      const { reportLines, verdictOf } = await import('../../doctor/report.js');
      const report = await examine(await readSettingsToExamine(), realAmbient(), { quick: options.quick === true });
      print(report, reportLines(report), options);
      process.exitCode = EXIT_STATUS[verdictOf(report)];
    });
}
