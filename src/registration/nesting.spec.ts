import { isNestedDeeper } from './nesting.js';

describe('isNestedDeeper', () => {
  const nested = (levels: number): unknown => JSON.parse('['.repeat(levels) + ']'.repeat(levels)) as unknown;

  it('counts lists and objects', () => {
    expect(isNestedDeeper('text', 0)).toBe(false);
    expect(isNestedDeeper(null, 0)).toBe(false);
    expect(isNestedDeeper([], 0)).toBe(true);
    expect(isNestedDeeper({ a: [{ b: 1 }] }, 3)).toBe(false);
    expect(isNestedDeeper({ a: [{ b: 1 }] }, 2)).toBe(true);
    expect(isNestedDeeper(JSON.parse('{"__proto__":[[]]}'), 2)).toBe(true);
  });

  it('is not exhausted by what it looks for', () => {
    expect(isNestedDeeper(nested(30_000), 10)).toBe(true);
    expect(isNestedDeeper(nested(10), 10)).toBe(false);
  });
});
