import { smartStyle } from './smart-style.js';

describe('smartStyle', () => {
  const style = smartStyle('https://id.example/oauth2/default');

  it('has every member that the EHR has, from the theme of our pages', () => {
    expect(style).toEqual({
      color_background: '#eef3f6',
      color_error: '#a11b16',
      color_highlight: '#0b5f7d',
      color_modal_backdrop: '#16242c',
      color_success: '#084a62',
      color_text: '#16242c',
      dim_border_radius: '8px',
      dim_font_size: '16px',
      dim_spacing_size: '16px',
      font_family_body: expect.stringMatching(/^system-ui, /),
      font_family_heading: expect.stringMatching(/^system-ui, /),
      logo_primary: expect.stringMatching(/^https:\/\/id\.example\/oauth2\/default\/assets\/mark\.svg\?v=[0-9a-f]{16}$/),
    });
  });
});
