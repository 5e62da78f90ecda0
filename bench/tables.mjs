/** A figure as people read it; a dash for null. */
export const number = (value, digits = 0) =>
  value === null || value === undefined
    ? '–'
    : value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });

export const times = (value) => `${number(value, 2)} ×`;

/** A table in Markdown. @param texts how many columns, from the left, are words */
export function table(texts, head, rows) {
  const rule = head.map((_, at) => (at < texts ? '---' : '---:'));
  return [head, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
