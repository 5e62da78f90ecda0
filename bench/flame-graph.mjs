const WIDTH = 1200;
const ROW = 16;
const LEAST_WIDTH = 1.2;
const LETTER = 6.2;
const DEPTH_AT_MOST = 60;
/** Colours by where a function comes from; the last one is of packages. */
const COLOURS = [
  [/^src\//, '#7fb3d5'],
  [/^(Node\.js|V8|garbage)/, '#d5d8dc'],
  [/^(mysql2|typeorm)/, '#f5b041'],
  [/^/, '#f9e79f'],
];

const escape = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

/**
 * Draws a flame graph: a bar for each function, as wide as its share of the time, above the one that called it. What is too narrow to see is
 * left out.
 * @param tree of `callTree`
 * @returns SVG
 */
export function flameGraph(tree, title) {
  const bars = [];
  const place = (node, left, depth) => {
    const width = (node.time / tree.time) * WIDTH;
    if (width < LEAST_WIDTH || depth > DEPTH_AT_MOST) return;
    bars.push({ node, left, width, depth });
    let next = left;
    for (const child of [...node.children].sort((one, other) => other.time - one.time)) {
      place(child, next, depth + 1);
      next += (child.time / tree.time) * WIDTH;
    }
  };
  place(tree, 0, 0);
  const height = (Math.max(...bars.map(({ depth }) => depth)) + 3) * ROW;
  const drawn = bars.map((bar) => draw(bar, height, tree.time)).join('\n');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" font-family="monospace" font-size="10">
<title>${escape(title)}</title><rect width="100%" height="100%" fill="#fff"/>
<text x="4" y="12" font-size="12">${escape(title)}: blue is Chartkey, orange the database driver and TypeORM, yellow other packages, grey Node.js and V8</text>
${drawn}
</svg>
`;
}

function draw({ node: { name, origin, time }, left, width, depth }, height, total) {
  const top = height - (depth + 1) * ROW;
  const [, colour] = COLOURS.find(([pattern]) => pattern.test(origin));
  const label = `${name} ${origin}`.slice(0, Math.floor((width - 4) / LETTER));
  const text = label.length < 3 ? '' : `<text x="${(left + 2).toFixed(1)}" y="${top + 11}">${escape(label)}</text>`;
  const hint = escape(`${name} ${origin}: ${((time / total) * 100).toFixed(1)} %`);
  const rect = `<rect x="${left.toFixed(1)}" y="${top}" width="${width.toFixed(1)}" height="${ROW - 1}" fill="${colour}"/>`;
  return `<g><title>${hint}</title>${rect}${text}</g>`;
}
