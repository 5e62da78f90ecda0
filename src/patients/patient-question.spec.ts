import { type DateOrder, dateOrderOf, LONGEST_SEARCH, type PatientQuestion, readQuestion, searchText } from './patient-question.js';

const ask = (typed: string, order: DateOrder = 'day first'): PatientQuestion | null => readQuestion(searchText(typed), order);
const names = (...all: string[]): PatientQuestion => ({ names: all, numbers: [], birthDates: [] });
const dates = (...all: string[]): PatientQuestion => ({ names: [], numbers: [], birthDates: all });
const number = (text: string, digits: string, mayBePhone: boolean): PatientQuestion => ({
  names: [],
  numbers: [{ text, digits, mayBePhone }],
  birthDates: [],
});

describe('readQuestion', () => {
  it.each<[string, PatientQuestion | null]>([
    ['phil', names('phil')],
    ['Patient, Phil', names('Patient', 'Phil')],
    ["  O'Brien\t de la  Cruz ", names("O'Brien", 'de', 'la', 'Cruz')],
    ['J Smith', names('J', 'Smith')],
    ['Zoë', names('Zoë')],
    ['李', null],
    ['李明', names('李明')],
    ['x', null],
    ['', null],
    ['%', null],
    ['__', null],
    ["';--", null],
    ['%a', names('%a')],
  ])('reads names in %j', (typed, expected) => {
    expect(ask(typed)).toEqual(expected);
  });

  it.each<[string, PatientQuestion]>([
    ['1', number('1', '1', false)],
    ['MRN-0012', number('MRN-0012', '0012', false)],
    ['MRN-00012345', number('MRN-00012345', '00012345', false)],
    ['(555) 123-4567', number('(555) 123-4567', '5551234567', true)],
    ['+49 171 123456', number('+49 171 123456', '49171123456', true)],
    ['٠٠١٢', number('0012', '0012', false)],
  ])('reads numbers in %j', (typed, expected) => {
    expect(ask(typed)).toEqual(expected);
  });

  it.each<[string, DateOrder, string[]]>([
    ['1980-02-29', 'day first', ['1980-02-29']],
    ['1980-2-9', 'month first', ['1980-02-09']],
    ['29.02.1980', 'month first', ['1980-02-29']],
    ['3.4.1980', 'month first', ['1980-04-03']],
    ['03/04/1980', 'day first', ['1980-04-03']],
    ['03/04/1980', 'month first', ['1980-03-04', '1980-04-03']],
    ['02/29/1980', 'month first', ['1980-02-29']],
    ['02/29/1980', 'day first', ['1980-02-29']],
    ['04/04/1980', 'month first', ['1980-04-04']],
    ['٢٩/٠٢/١٩٨٠', 'day first', ['1980-02-29']],
  ])('reads the birth date %j, %s', (typed, order, expected) => {
    expect(ask(typed, order)).toEqual(dates(...expected));
  });

  it.each(['1981-02-29', '31/31/1980', '1980-02-29x', '1980-02-29-1'])('does not take %j for a date', (typed) => {
    expect(ask(typed)?.birthDates).toEqual([]);
  });

  it('reads everything at once', () => {
    expect(ask('phil 29.2.1980 12 pat')).toEqual({
      names: ['phil', 'pat'],
      numbers: [{ text: '12', digits: '12', mayBePhone: false }],
      birthDates: ['1980-02-29'],
    });
  });
});

describe('searchText', () => {
  it('joins blanks, composes letters and cuts off what is too long', () => {
    expect(searchText(' a\u00a0\u200eb\u0007 e\u0301 ')).toBe('a b \u00e9');
    expect(searchText('x'.repeat(10_000))).toHaveLength(LONGEST_SEARCH);
    expect([...searchText('\u{1F600}'.repeat(500))]).toHaveLength(LONGEST_SEARCH);
  });
});

describe('dateOrderOf', () => {
  it.each<[string, DateOrder]>([
    ['en', 'month first'],
    ['es', 'day first'],
    ['fr', 'day first'],
    ['de', 'day first'],
    ['pt-BR', 'day first'],
    ['ar', 'day first'],
    ['he', 'day first'],
  ])('%s: %s', (language, expected) => {
    expect(dateOrderOf(language)).toBe(expected);
  });
});
