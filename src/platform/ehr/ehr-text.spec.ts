import { displayName, joined, text } from './ehr-text.js';

describe('displayName', () => {
  it('is first and last name, or what is given instead', () => {
    expect(displayName({ firstName: 'Clara', lastName: 'Clinician' }, 'x')).toBe('Clara Clinician');
    expect(displayName({ firstName: null, lastName: 'phiMail Gateway' }, 'x')).toBe('phiMail Gateway');
    expect(displayName({ firstName: '', lastName: null }, 'clinician')).toBe('clinician');
  });
});

describe('text', () => {
  it('is without blanks around it, and nothing where nothing is left', () => {
    expect([' Clara ', '  ', '', null, 7].map(text)).toEqual(['Clara', undefined, undefined, undefined, undefined]);
  });
});

describe('joined', () => {
  it('leaves out what is not there', () => {
    expect(joined([' Clara', '', null, 'Clinician '], ', ')).toBe('Clara, Clinician');
    expect(joined(['', null], ', ')).toBeUndefined();
  });
});
