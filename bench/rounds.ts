import { median, ratioInterval, shuffled } from './statistics.ts';

/** What one short measurement saw. */
export interface Sample {
  /** Operations done. */
  readonly count: number;
  readonly seconds: number;
  /** CPU that the measured process used for one of them, µs. */
  readonly cpuMicros?: number;
  /** Share of its core that the load generator used: near 1, the generator was the limit, not the server. */
  readonly loadBusy?: number;
  /** Latencies, ms. */
  readonly latencies?: readonly number[];
}

/** The samples of one contestant. */
export class Series {
  readonly samples: readonly Sample[];

  constructor(samples: readonly Sample[]) {
    this.samples = samples;
  }

  values(of: (sample: Sample) => number): number[] {
    return this.samples.map(of);
  }

  get rates(): number[] {
    return this.values(({ count, seconds }) => count / seconds);
  }

  get cpuMicros(): number[] {
    return this.values(({ cpuMicros = NaN }) => cpuMicros);
  }

  get loadBusy(): number {
    return median(this.values(({ loadBusy = NaN }) => loadBusy));
  }

  /** All latencies of all rounds, ms. */
  get latencies(): number[] {
    return this.samples.flatMap(({ latencies = [] }) => latencies);
  }
}

/** Contestants by name, each with what one round of it is. */
export type Contest<Name extends string> = { readonly [N in Name]?: (() => Promise<Sample>) | undefined };

/**
 * Runs all contestants in turns, in another random order each round, so that whatever else the machine does meets all of
 * them. The first turn of each is a rehearsal and does not count. One that has nothing to show for a turn sits it out.
 */
export async function takeTurns<Name extends string, Shown>(
  rounds: number,
  contest: { readonly [N in Name]?: (() => Promise<Shown | undefined>) | undefined },
): Promise<Record<Name, Shown[]>> {
  const names = (Object.keys(contest) as Name[]).filter((name) => contest[name]);
  const shown = Object.fromEntries(Object.keys(contest).map((name) => [name, [] as Shown[]])) as Record<Name, Shown[]>;
  for (const name of names) await contest[name]?.();
  for (let round = 0; round < rounds; round += 1) {
    for (const name of shuffled(names)) {
      const turn = await contest[name]?.();
      if (turn !== undefined) shown[name].push(turn);
    }
  }
  return shown;
}

/** The same for servers, with all that can be asked of their samples. */
export async function interleave<Name extends string>(
  rounds: number,
  contest: Contest<Name>,
): Promise<{ readonly [N in Name]: Series }> {
  const samples = await takeTurns<Name, Sample>(rounds, contest);
  const series = Object.entries<Sample[]>(samples).map(([name, each]) => [name, new Series(each)]);
  return Object.fromEntries(series) as Record<Name, Series>;
}

/** Ours against theirs: medians, their ratio, and how sure that is. */
export function compare(ours: readonly number[], theirs: readonly number[]) {
  const [value, floor] = [median(ours), median(theirs)];
  return { value, floor, ratio: value / floor, interval: ratioInterval(ours, theirs) };
}
