import { findPresentedToken } from './presented-token.js';

describe('findPresentedToken', () => {
  it.each([
    ['Bearer abc', undefined, 'abc'],
    ['bearer   abc', undefined, 'abc'],
    [undefined, 'abc', 'abc'],
    ['Basic YTpi', 'abc', 'abc'],
    ['Basic YTpi', undefined, null],
    ['Bearer', undefined, null],
    ['Bearer ', undefined, null],
    ['Bearerabc', undefined, null],
    [undefined, undefined, null],
  ])('%s and %s: %s', (authorization, form, token) => {
    expect(findPresentedToken(authorization, form)).toBe(token);
  });

  it('refuses two tokens', () => {
    expect(() => findPresentedToken('Bearer abc', 'abc')).toThrow(expect.objectContaining({ code: 'invalid_request' }));
  });
});
