import { renderToString } from 'preact-render-to-string';
import { Name, Sentence } from './sentence.view.js';

describe('Sentence', () => {
  it('fills gaps in the order of the sentence, not of the values', () => {
    const html = renderToString(<Sentence template="{host}: {app} asks." values={{ app: <b>App</b>, host: 'example.org' }} />);
    expect(html).toBe('example.org: <b>App</b> asks.');
  });

  it('does not read gaps out of a value', () => {
    expect(renderToString(<Sentence template="{app} asks." values={{ app: '{clinic}', clinic: 'secret' }} />)).toBe('{clinic} asks.');
  });

  it.each(['missing', 'constructor', '__proto__'])('shows the gap %s that has no value as written', (gap) => {
    expect(renderToString(<Sentence template={`a {${gap}} b`} values={{}} />)).toBe(`a {${gap}} b`);
  });
});

describe('Name', () => {
  it('isolates the direction of a name and escapes it', () => {
    expect(renderToString(<Name of={'\u202E<b>'} />)).toBe('<bdi class="name">\u202E&lt;b></bdi>');
  });
});
