import { fitsNames } from './fits-names.js';

const jose = { firstName: 'José', middleName: 'María', lastName: 'Núñez-Pérez de la Cruz' };

describe('fitsNames', () => {
  it.each<[string[], boolean]>([
    [[], true],
    [['jose'], true],
    [['JOSÉ', 'nun'], true],
    [['mar', 'cruz'], true],
    [['perez'], true],
    [['núñez-p'], true],
    [['ose'], false],
    [['jose', 'smith'], false],
    [['%'], false],
  ])('%j: %s', (words, expected) => {
    expect(fitsNames(jose, words)).toBe(expected);
  });
});
