import 'reflect-metadata';
import { IsOptional, IsString, MaxLength } from 'class-validator';
import { parseFormBody } from '../../protocol/parameters/form.js';
import { validateForm, validateJson } from './validate-form.js';

class Request {
  @IsString({ message: 'code is required' })
  code!: string;
  @IsOptional()
  @MaxLength(5, { message: 'hint is too long' })
  hint?: string;
}

const form = (text: string): Request => validateForm(Request, parseFormBody(Buffer.from(text)));

describe('validateForm', () => {
  it('takes what the class names and nothing else', () => {
    expect({ ...form('code=a&hint=b&other=c&__proto__=d') }).toEqual({ code: 'a', hint: 'b' });
  });

  it('counts an empty parameter as absent', () => {
    expect(() => form('code=')).toThrow(/code is required/);
  });

  it('refuses a repeated parameter, even one it does not know', () => {
    expect(() => form('code=a&code=b')).toThrow(/code/);
  });

  it('names what does not fit', () => {
    expect(() => form('code=a&hint=123456')).toThrow(/hint is too long/);
  });
});

describe('validateJson', () => {
  it.each([[null], ['text'], [[1]], [7], [undefined]])('refuses %j', (body) => {
    expect(() => validateJson(Request, body, 'invalid_request')).toThrow(/must be a JSON object/);
  });

  it('uses the given code', () => {
    expect(() => validateJson(Request, {}, 'invalid_client_metadata')).toThrow(
      expect.objectContaining({ code: 'invalid_client_metadata' }),
    );
  });
});
