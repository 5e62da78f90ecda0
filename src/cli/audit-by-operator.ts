import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AuditService } from '../platform/audit/audit.service.js';

/** What stands in a line where requests have an address. */
export const COMMAND_LINE = 'command line';

/** Writes down what an operator did to the key that signs tokens, after it was done. @param change in words */
export function auditKeyChange(app: NestFastifyApplication, reason: string): Promise<void> {
  return app.get(AuditService).record({ event: 'key change', success: true, address: COMMAND_LINE, reason });
}

/** Writes down what an operator did to a client, after it was done. @param change in words: approved, disabled, … */
export function auditClientChange(app: NestFastifyApplication, clientId: string, change: string): Promise<void> {
  const reason = `client ${clientId} ${change}`;
  return app.get(AuditService).record({ event: 'client change', success: true, address: COMMAND_LINE, reason });
}
