import { decideRefresh, type RefreshDecision, type RefreshTokenFacts } from './refresh-rotation.js';

const NOW = new Date('2026-01-01T12:00:00.000Z');
const at = (secondsFromNow: number): Date => new Date(NOW.getTime() + secondsFromNow * 1000);
const newest: RefreshTokenFacts = { expiresAt: at(3600), revoked: false, rotatedAt: null, successorUsed: false };
const GRACE = 30;

describe('decideRefresh', () => {
  it.each<[string, Partial<RefreshTokenFacts>, RefreshDecision]>([
    ['the newest of its family', {}, 'rotate'],
    ['a millisecond before its end', { expiresAt: at(0.001) }, 'rotate'],
    ['at its end', { expiresAt: at(0) }, 'expired'],
    ['after its end', { expiresAt: at(-1) }, 'expired'],
    ['revoked', { revoked: true }, 'revoked'],
    ['revoked and expired', { revoked: true, expiresAt: at(-1) }, 'revoked'],
    ['revoked with its family after a rotation', { revoked: true, rotatedAt: at(-1) }, 'revoked'],
    ['exchanged at this moment', { rotatedAt: at(0) }, 'retry'],
    ['exchanged within the grace', { rotatedAt: at(-29.999) }, 'retry'],
    ['exchanged as long ago as the grace', { rotatedAt: at(-30) }, 'reuse'],
    ['exchanged long ago', { rotatedAt: at(-3000) }, 'reuse'],
    ['exchanged within the grace, successor used', { rotatedAt: at(-1), successorUsed: true }, 'reuse'],
    ['exchanged by a replica whose clock is ahead', { rotatedAt: at(2) }, 'retry'],
    ['exchanged long ago and expired', { rotatedAt: at(-3000), expiresAt: at(-1) }, 'reuse'],
    ['exchanged within the grace, expired since', { rotatedAt: at(-5), expiresAt: at(-1) }, 'expired'],
    ['exchanged within the grace, expired since, successor used', { rotatedAt: at(-5), expiresAt: at(-1), successorUsed: true }, 'reuse'],
  ])('%s', (_what, facts, decision) => {
    expect(decideRefresh({ ...newest, ...facts }, NOW, GRACE)).toBe(decision);
  });

  it.each([
    ['at once', at(0)],
    ['by a clock which is ahead', at(1)],
    ['a second later', at(-1)],
  ])('allows no repetition without a grace: %s', (_what, rotatedAt) => {
    expect(decideRefresh({ ...newest, rotatedAt }, NOW, 0)).toBe('reuse');
  });
});
