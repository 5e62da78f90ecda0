import { QueryFailedError } from 'typeorm';
import { DatabaseBusyError, isClosed, isUnavailable } from './unavailable.js';

const failed = (facts: Record<string, unknown>, message = 'no'): Error => Object.assign(new Error(message), facts);
const query = (facts: Record<string, unknown>): QueryFailedError => new QueryFailedError('SELECT 1', [], failed(facts));

describe('isUnavailable', () => {
  it.each([
    ['a refused connection', failed({ code: 'ECONNREFUSED', syscall: 'connect' })],
    ['a server that falls silent', query({ code: 'ETIMEDOUT', syscall: 'read' })],
    ['a connection that the driver has given up', failed({ fatal: true }, "Can't add new command when connection is in closed state")],
    ['a connection that was lost inside a query', query({ code: 'PROTOCOL_CONNECTION_LOST', fatal: true })],
    ['a deadlock', query({ code: 'ER_LOCK_DEADLOCK' })],
    ['a full waiting line', new DatabaseBusyError('too many requests wait for the database')],
    ['an account without the right', query({ code: 'ER_TABLEACCESS_DENIED_ERROR' })],
    ['a read-only replica', query({ code: 'ER_OPTION_PREVENTS_STATEMENT' })],
    ['a read-only file', query({ code: 'SQLITE_READONLY' })],
    ['a full disk', query({ code: 'SQLITE_FULL' })],
  ])('is so of %s', (_, error) => expect(isUnavailable(error)).toBe(true));

  it.each([
    ['a duplicate', query({ code: 'ER_DUP_ENTRY' })],
    ['an unknown column', query({ code: 'ER_BAD_FIELD_ERROR' })],
    ['a bug', new TypeError('x is not a function')],
    ['an error that only carries such a code', failed({ code: 'ETIMEDOUT' })],
    ['a text', 'ECONNREFUSED'],
    ['nothing', undefined],
  ])('is not so of %s', (_, error) => expect(isUnavailable(error)).toBe(false));
});

describe('isClosed', () => {
  it('tells what an operator must do something about from what passes', () => {
    expect(isClosed(query({ code: 'ER_DBACCESS_DENIED_ERROR' }))).toBe(true);
    expect(isClosed(query({ code: 'ER_READ_ONLY_MODE' }))).toBe(true);
    expect(isClosed(query({ code: 'ER_LOCK_DEADLOCK' }))).toBe(false);
    expect(isClosed(failed({ code: 'ECONNREFUSED', syscall: 'connect' }))).toBe(false);
    expect(isClosed(null)).toBe(false);
  });
});
