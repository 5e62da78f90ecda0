import { checkDecisionSupport } from './decision-support.js';

describe('checkDecisionSupport', () => {
  it('is none when nothing is said', () => {
    expect(checkDecisionSupport({})).toEqual({ dsiType: 'none', dsiSourceAttributes: [] });
    expect(checkDecisionSupport({ dsi_type: '', dsi_source_attributes: null })).toEqual({ dsiType: 'none', dsiSourceAttributes: [] });
  });

  it.each(['none', 'evidence', 'predictive'] as const)('knows %s', (dsiType) => {
    expect(checkDecisionSupport({ dsi_type: dsiType }).dsiType).toBe(dsiType);
  });

  it('keeps attributes, with several lines of text or none', () => {
    const attributes = [{ name: 'bibliography', value: 'One.\n\tTwo.' }, { name: 'developer', value: '' }, { name: 'funding' }];
    expect(checkDecisionSupport({ dsi_type: 'evidence', dsi_source_attributes: attributes }).dsiSourceAttributes).toEqual([
      { name: 'bibliography', value: 'One.\n\tTwo.' },
      { name: 'developer', value: '' },
      { name: 'funding', value: '' },
    ]);
  });

  it.each<[string, { dsi_type?: unknown; dsi_source_attributes?: unknown }, string]>([
    ['an unknown type', { dsi_type: 'magic' }, 'dsi_type must be one of none, evidence, predictive'],
    ['a number', { dsi_type: 1 }, 'dsi_type must be a text'],
    ['attributes that are no list', { dsi_source_attributes: {} }, 'dsi_source_attributes must be a list'],
    [
      'an attribute that is a text',
      { dsi_source_attributes: ['x'] },
      'dsi_source_attributes[0] must be an object with the members name and value',
    ],
    ['an attribute without a name', { dsi_source_attributes: [{ value: 'x' }] }, 'dsi_source_attributes[0].name is required'],
    [
      'a name that the EHR would cut',
      { dsi_source_attributes: [{ name: 'n'.repeat(101) }] },
      'dsi_source_attributes[0].name is longer than 100 characters',
    ],
    ['a value that is no text', { dsi_source_attributes: [{ name: 'n', value: 1 }] }, 'dsi_source_attributes[0].value must be a text'],
    [
      'a value with NUL',
      { dsi_source_attributes: [{ name: 'n', value: 'a\0' }] },
      'dsi_source_attributes[0].value holds a character that is not allowed',
    ],
    [
      'a value that is too long',
      { dsi_source_attributes: [{ name: 'n', value: 'a'.repeat(10_001) }] },
      'dsi_source_attributes[0].value is longer than 10000 characters',
    ],
    ['one name twice', { dsi_source_attributes: [{ name: 'n' }, { name: 'N' }] }, 'dsi_source_attributes names an attribute twice'],
    [
      'too many',
      { dsi_source_attributes: Array.from({ length: 101 }, (_, index) => ({ name: `n${index}` })) },
      'dsi_source_attributes has more than 100 entries',
    ],
  ])('refuses %s', (_what, sent, description) => {
    expect(() => checkDecisionSupport(sent)).toThrow(expect.objectContaining({ code: 'invalid_client_metadata', description }));
  });
});
