import { Command, Option } from 'commander';
import { CLIENT_MARK_NAMES, CLIENT_MARKS, type ClientMarkName } from '../../clients/client-marks.js';
import { Refusal } from '../exit-status.js';
import { type OutputOptions, print } from '../output.js';

interface MarkOptions extends OutputOptions {
  readonly add?: readonly ClientMarkName[];
  readonly remove?: readonly ClientMarkName[];
}

const MARKS = `
Marks:
${CLIENT_MARK_NAMES.map((name) => `  ${name}: ${CLIENT_MARKS[name]}`).join('\n')}`;

/** `chartkey clients mark`: what one client may do beyond what it registered for. */
export function markCommand(): Command {
  return new Command('mark')
    .description('what a client may do beyond what it registered for; without options, what it has')
    .argument('<client_id>')
    .addOption(new Option('--add <mark...>', 'give it these').choices(CLIENT_MARK_NAMES))
    .addOption(new Option('--remove <mark...>', 'take these away').choices(CLIENT_MARK_NAMES))
    .option('--json', 'print what it has as JSON')
    .addHelpText('after', MARKS)
    .action(change);
}

async function change(clientId: string, { add = [], remove = [], ...options }: MarkOptions): Promise<void> {
  const { withApplication } = await import('../application.js');
  const { ClientsService } = await import('../../clients/clients.service.js');
  const { ClientMarks } = await import('../../clients/client-marks.js');
  const { Transactions } = await import('../../platform/database/transactions.js');
  const { auditClientChange } = await import('../audit-by-operator.js');
  const marks = await withApplication(async (app) => {
    const client = await app.get(ClientsService).find(clientId);
    if (client === null) throw new Refusal(`no client has the id ${clientId}`);
    if (add.length > 0 && !client.isConfidential) throw new Refusal('a public client does not prove who it is, and cannot be marked');
    if (add.length + remove.length > 0) {
      await app.get(Transactions).run((tx) => app.get(ClientMarks).change(tx, clientId, add, remove));
      await auditClientChange(app, clientId, changeWords(add, remove));
    }
    return app.get(ClientMarks).of(clientId);
  });
  const words = marks.length === 0 ? ['It has no mark.'] : marks.map((mark) => `${mark}: it ${CLIENT_MARKS[mark]}`);
  print({ client_id: clientId, marks }, words, options);
}

function changeWords(add: readonly string[], remove: readonly string[]): string {
  const parts = [...(add.length > 0 ? [`given ${add.join(', ')}`] : []), ...(remove.length > 0 ? [`taken away ${remove.join(', ')}`] : [])];
  return `marks: ${parts.join('; ')}`;
}
