import { parseQuery } from '../protocol/parameters/form.js';
import { joinedParameters } from './joined-parameters.js';

const joined = (query: string, form: string) => joinedParameters(parseQuery(query), parseQuery(form));

describe('joinedParameters', () => {
  it('has what stands in either place', () => {
    const parameters = joined('client_id=a&state=', 'scope=openid+email');
    expect(parameters.one('client_id')).toBe('a');
    expect(parameters.one('scope')).toBe('openid email');
    expect(parameters.one('state')).toBeUndefined();
  });

  it.each([
    ['state=1', 'state=1'],
    ['state=1', 'state='],
    ['state=', 'state='],
    ['state=1&state=2', ''],
    ['', 'state=&state='],
  ])('counts a parameter in %j and %j as repeated', (query, form) => {
    expect(() => joined(query, form).one('state')).toThrow('state was sent more than once');
  });

  it('keeps every value of a parameter that may be repeated', () => {
    expect(joined('resource=a&resource=b', 'resource=c').all('resource')).toEqual(['a', 'b', 'c']);
  });
});
