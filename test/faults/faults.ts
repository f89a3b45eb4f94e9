/** What may go wrong on the lines of a `FaultProxy`. Shares are 0 to 1. */
export interface Faults {
  /** Share of frames that come twice, both ways. */
  readonly duplicate: number;
  /** Share of the server's frames that change places with the next one. */
  readonly reorder: number;
  /** Share of the server's frames that never come. The line is cut soon after, as it is by a node that lost its bus. */
  readonly drop: number;
  /** Share of frames in whose middle the line is reset. */
  readonly cut: number;
  /** Share of frames that arrive in crumbs of 1 to 7 bytes. */
  readonly crumble: number;
  /** Share of frames from which on the line is half open: one way, or both, nothing arrives, and nobody is told. */
  readonly freeze: number;
  /** A line that is half open is reset after so long, ms, at most. */
  readonly freezeMs: number;
  /** Share of lines that are slow. */
  readonly slow: number;
  /** How long everything takes on a slow line, ms, at most. */
  readonly latencyMs: number;
  /** Share of visitors' lines that carry 20 kB/s. */
  readonly thin: number;
  /** Share of answers over HTTP that break off. */
  readonly cutHttp: number;
}

export const NO_FAULTS: Faults = {
  duplicate: 0,
  reorder: 0,
  drop: 0,
  cut: 0,
  crumble: 0,
  freeze: 0,
  freezeMs: 0,
  slow: 0,
  latencyMs: 0,
  thin: 0,
  cutHttp: 0,
};

/** A day on which everything happens. */
export const BAD_DAY: Faults = {
  duplicate: 0.05,
  reorder: 0.01,
  drop: 0.01,
  cut: 0.0005,
  crumble: 0.005,
  freeze: 0.0002,
  freezeMs: 3_000,
  slow: 0.2,
  latencyMs: 300,
  thin: 0.05,
  cutHttp: 0.01,
};

/** How often it happened. */
export interface FaultCounts {
  lines: number;
  duplicated: number;
  reordered: number;
  dropped: number;
  cut: number;
  crumbled: number;
  frozen: number;
  cutHttp: number;
}

export const noCounts = (): FaultCounts => ({
  lines: 0,
  duplicated: 0,
  reordered: 0,
  dropped: 0,
  cut: 0,
  crumbled: 0,
  frozen: 0,
  cutHttp: 0,
});
