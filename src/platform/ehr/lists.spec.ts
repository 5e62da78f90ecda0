import { fromPipeList, fromSpaceList, toPipeList, toSpaceList } from './lists.js';

describe('lists joined by a pipe', () => {
  it.each([
    [null, []],
    ['', []],
    ['https://a/cb', ['https://a/cb']],
    ['https://a/cb|https://b/cb?x=1', ['https://a/cb', 'https://b/cb?x=1']],
    ['|a||b|', ['a', 'b']],
    [' a | b', [' a ', ' b']],
  ])('%p is read as %p', (column, values) => {
    expect(fromPipeList(column)).toEqual(values);
  });

  it('are written without loss', () => {
    expect(toPipeList(['a', 'b c'])).toBe('a|b c');
    expect(toPipeList([])).toBe('');
  });

  it.each([[['a|b']], [['a', '']]])('refuse what would not come back: %p', (values) => {
    expect(() => toPipeList(values)).toThrow(RangeError);
  });
});

describe('lists joined by blanks', () => {
  it.each([
    [null, []],
    ['', []],
    ['openid  profile ', ['openid', 'profile']],
    ['user/Patient.read', ['user/Patient.read']],
  ])('%p is read as %p', (column, values) => {
    expect(fromSpaceList(column)).toEqual(values);
  });

  it('are written without loss', () => {
    expect(toSpaceList(['openid', 'a|b'])).toBe('openid a|b');
    expect(() => toSpaceList(['open id'])).toThrow(RangeError);
  });
});
