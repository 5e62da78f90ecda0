import { FORM_LIMITS, SentParameters, parseFormBody, parseQuery } from './form.js';

const limits = { bytes: 60, parameters: 3, nameLength: 5, valueLength: 10 };
const bytes = (text: string): Uint8Array => Buffer.from(text, 'utf8');
const readers = [
  ['parseFormBody', (text: string, some = FORM_LIMITS) => parseFormBody(bytes(text), some)],
  ['parseQuery', (text: string, some = FORM_LIMITS) => parseQuery(text, some)],
] as const;

function refusal(description: RegExp, status = 400): Error {
  return expect.objectContaining({ code: 'invalid_request', status, description: expect.stringMatching(description) }) as Error;
}

describe.each(readers)('%s', (_name, parse) => {
  it.each<[string, [string, string][]]>([
    ['', []],
    ['a=1', [['a', '1']]],
    [
      'a=1&b=2',
      [
        ['a', '1'],
        ['b', '2'],
      ],
    ],
    ['&&a=1&', [['a', '1']]],
    ['a=b=c', [['a', 'b=c']]],
    ['a=one+two', [['a', 'one two']]],
    ['a=one%20two', [['a', 'one two']]],
    ['a=one%2Btwo', [['a', 'one+two']]],
    ['a=%26%3D%25', [['a', '&=%']]],
    ['a=%c3%a9%E2%82%AC%F0%9F%98%80', [['a', 'é€😀']]],
    ['scope%5Ba%5D=x', [['scope[a]', 'x']]],
    ['a=1;b=2', [['a', '1;b=2']]],
    ['a=%EF%BB%BFx', [['a', '\ufeffx']]],
    ['a=%2525', [['a', '%25']]],
    ['=x', [['', 'x']]],
  ])('reads %j', (text, expected) => {
    const sent = parse(text);
    expect(sent.names()).toEqual(expected.map(([name]) => name));
    for (const [name, value] of expected) expect(sent.one(name)).toBe(value);
  });

  it.each(['a', 'a=', 'a=&b=', '='])('takes an empty value for an absent parameter: %j', (text) => {
    const sent = parse(text);
    for (const name of sent.names()) {
      expect(sent.one(name)).toBeUndefined();
      expect(sent.all(name)).toEqual([]);
    }
  });

  it.each([
    ['a lone percent sign', 'a=100%'],
    ['half an escape', 'a=%4'],
    ['an escape that is not hexadecimal', 'a=%zz'],
    ['a broken escape in a name', '%zz=a'],
    ['a byte that cannot begin a character', 'a=%ff'],
    ['half a character', 'a=%c3'],
    ['an overlong encoding', 'a=%c0%af'],
    ['an encoded surrogate', 'a=%ed%a0%80'],
    ['a character beyond Unicode', 'a=%f4%90%80%80'],
    ['Latin-1', 'name=Jos%e9'],
  ])('refuses %s', (_what, text) => {
    expect(() => parse(text)).toThrow(refusal(/percent-encoded UTF-8/));
  });

  it.each(['a=x%00', '%00=x', 'a%00b=x'])('refuses NUL: %j', (text) => {
    expect(() => parse(text)).toThrow(refusal(/NUL/));
  });

  it('bounds the number of parameters, empty pairs included', () => {
    expect(parse('a=1&b=2&c=3', limits).names()).toHaveLength(3);
    expect(() => parse('a=1&b=2&c=3&d=4', limits)).toThrow(refusal(/too many/));
    expect(() => parse('&&&a=1', limits)).toThrow(refusal(/too many/));
  });

  it('bounds names and values by what they decode to', () => {
    expect(parse('abcde=0123456789', limits).one('abcde')).toBe('0123456789');
    expect(parse('%61bcde=%30123456789', limits).one('abcde')).toBe('0123456789');
    expect(() => parse('abcdef=1', limits)).toThrow(refusal(/name .* too long/));
    expect(() => parse('a=01234567890', limits)).toThrow(refusal(/value .* too long/));
  });

  it('never repeats what was sent in the description', () => {
    expect(() => parse('secrt=hunter2hunter2', limits)).toThrow(refusal(/^the value of a parameter is too long$/));
  });

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])('does no harm by a parameter named %s', (name) => {
    const sent = parse(`${name}=x`);
    expect(sent.one(name)).toBe('x');
    expect(sent.names()).toEqual([name]);
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
    expect(parse('a=1').one(name)).toBeUndefined();
  });

  it('reads as many fields as a consent page with every scope posts', () => {
    const scope = 'user/Observation.rs?category=http://terminology.hl7.org/CodeSystem/observation-category|vital-signs';
    const fields = Array.from({ length: 300 }, (_, index) =>
      `scope[${index}]=${encodeURIComponent(scope)}`.replaceAll(/[[\]]/g, encodeURIComponent),
    );
    expect(parse(fields.join('&')).names()).toHaveLength(300);
  });
});

describe('parseFormBody', () => {
  it('takes UTF-8 that was not escaped, as some clients send it', () => {
    expect(parseFormBody(bytes('name=José')).one('name')).toBe('José');
  });

  it.each([
    ['Latin-1', [0x61, 0x3d, 0xe9]],
    ['half a character', [0x61, 0x3d, 0xc3]],
    ['UTF-16', [0xff, 0xfe, 0x61, 0x00]],
  ])('refuses bytes that are not UTF-8: %s', (_what, body) => {
    expect(() => parseFormBody(Uint8Array.from(body))).toThrow(refusal(/not valid UTF-8/));
  });

  it('refuses a NUL byte', () => {
    expect(() => parseFormBody(Uint8Array.from([0x61, 0x3d, 0x00]))).toThrow(refusal(/NUL/));
  });

  it('keeps a byte order mark: the first name is then another name', () => {
    expect(parseFormBody(bytes('\ufeffa=1')).names()).toEqual(['\ufeffa']);
  });

  it('bounds the body in bytes, with 413', () => {
    expect(() => parseFormBody(bytes(`a=${'é'.repeat(29)}`), { ...limits, valueLength: 100 })).not.toThrow();
    expect(() => parseFormBody(bytes(`a=${'é'.repeat(30)}`), { ...limits, valueLength: 100 })).toThrow(refusal(/too large/, 413));
  });
});

describe('parseQuery', () => {
  it.each(['a=é', 'a=one two', 'a=\n', 'a=\x7f', 'a=\0'])('refuses characters that a URI cannot have: %j', (query) => {
    expect(() => parseQuery(query)).toThrow(refusal(/must be percent-encoded/));
  });

  it('bounds the query, with 414', () => {
    expect(() => parseQuery(`a=${'x'.repeat(59)}`, limits)).toThrow(refusal(/too long/, 414));
  });
});

describe('SentParameters', () => {
  const sent = new SentParameters([
    ['scope', 'a'],
    ['scope', 'b'],
    ['state', ''],
    ['state', 's'],
    ['code', 'c'],
    ['scope', ''],
  ]);

  it.each(['scope', 'state'])('refuses a repeated parameter and names it: %s', (name) => {
    expect(() => sent.one(name)).toThrow(refusal(new RegExp(`^${name} was sent more than once$`)));
  });

  it('keeps repeated parameters visible', () => {
    expect(sent.all('scope')).toEqual(['a', 'b']);
    expect(sent.isRepeated('scope')).toBe(true);
    expect(sent.isRepeated('state')).toBe(true);
    expect(sent.isRepeated('code')).toBe(false);
    expect(sent.isRepeated('nothing')).toBe(false);
    expect(sent.names()).toEqual(['scope', 'state', 'code']);
  });

  it('knows nothing of parameters that were not sent', () => {
    expect(sent.one('nothing')).toBeUndefined();
    expect(sent.all('nothing')).toEqual([]);
  });
});
