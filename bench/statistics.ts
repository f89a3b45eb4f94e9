/** The value in the middle; of an even number, the upper of the two. NaN of nothing. */
export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** @param share 0 to 1 */
export function percentile(values: readonly number[], share: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

/** A copy in random order (Fisher and Yates). */
export function shuffled<Item>(items: readonly Item[]): Item[] {
  const result = [...items];
  for (let last = result.length - 1; last > 0; last -= 1) {
    const other = Math.floor(Math.random() * (last + 1));
    [result[last], result[other]] = [result[other], result[last]];
  }
  return result;
}

const RESAMPLES = 2_000;

/** Between which values the ratio of two medians lies, with 95 % confidence: bootstrap by percentiles (Efron 1979). */
export function ratioInterval(ours: readonly number[], theirs: readonly number[]): readonly [number, number] {
  const ratios = Array.from({ length: RESAMPLES }, () => median(resampled(ours)) / median(resampled(theirs)));
  return [percentile(ratios, 0.025), percentile(ratios, 0.975)];
}

function resampled(values: readonly number[]): number[] {
  return values.map(() => values[Math.floor(Math.random() * values.length)]);
}
