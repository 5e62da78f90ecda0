import type { AuditEntry } from '../platform/audit/audit-event.js';
import type { ClientInformationDto } from './client-information.dto.js';

/**
 * The audit line of a registration: which client came, and whether it may be used. None of its secrets.
 * @param registered the answer to the client
 * @param address IP address it came from, or where else
 */
export function registrationEntry(registered: ClientInformationDto, address: string): AuditEntry {
  const { client_id: clientId, client_name: name, application_type: type, approval } = registered;
  const kind = type === 'public' ? 'public' : 'confidential';
  const state = approval === undefined ? 'may be used at once' : 'waits for approval';
  const reason = `client ${clientId} (${JSON.stringify(name)}) registered: ${kind}, ${state}`; // quoted: the name is theirs to choose
  return { event: 'client registration', success: true, address, reason };
}
