/** One line of the report: ours beside what it is measured against. */
export interface Finding {
  /** The goal, e.g. `S2`; after a slash what else it is held against, after an `@` how many. */
  readonly id: string;
  readonly title: string;
  readonly unit: string;
  /** Ours. */
  readonly value: number;
  /** Whose figure `floor` is. */
  readonly against: string;
  /** Null: the goal names a figure, not a rival. */
  readonly floor: number | null;
  /** value ÷ floor */
  readonly ratio: number | null;
  /** Where the ratio lies with 95 % confidence. */
  readonly interval: readonly [number, number] | null;
  /** Of the ratio where there is one, else of the value. Null: reported, not judged. */
  readonly limit: number | null;
  readonly better: 'more' | 'less';
  /** Null: not judged. */
  readonly ok: boolean | null;
  /** What one should know about the figure. */
  readonly note: string;
}

/** What a goal says about itself; the rest is worked out. */
export interface Claim {
  readonly id: string;
  readonly title: string;
  readonly unit: string;
  readonly value: number;
  readonly against?: string;
  readonly floor?: number;
  readonly interval?: readonly [number, number];
  /** `{ most: 1.5 }`: the ratio (without a floor: the value) may be 1.5 at most. */
  readonly limit?: { readonly most: number } | { readonly least: number };
  /** Without a limit. Default: less. */
  readonly better?: 'more' | 'less';
  readonly notes?: readonly (string | false | undefined)[];
}

export function finding({ limit, notes = [], better = 'less', ...claim }: Claim): Finding {
  const { id, title, unit, value, against = '–', floor = null, interval = null } = claim;
  const ratio = floor === null ? null : value / floor;
  const judged = ratio ?? value;
  const isMost = limit ? 'most' in limit : better === 'less';
  const bound = limit ? ('most' in limit ? limit.most : limit.least) : null;
  return {
    ...{ id, title, unit, value, against, floor, ratio, interval },
    limit: bound,
    better: isMost ? 'less' : 'more',
    ok: bound === null ? null : isMost ? judged <= bound : judged >= bound,
    note: notes.filter(Boolean).join('; '),
  };
}
