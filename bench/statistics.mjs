/** The middle value; the mean of the two middle ones of an even number; null of none. */
export function median(values) {
  const sorted = values.filter((value) => value !== null).sort((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  if (sorted.length === 0) return null;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The value below which a share of the values lies. @param sorted ascending @param share 0.5 for the median */
export function percentile(sorted, share) {
  return sorted.length === 0 ? null : sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}
