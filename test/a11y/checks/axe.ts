/** What axe-core finds: https://github.com/dequelabs/axe-core */
import type { AxeResults, RunOptions } from 'axe-core';

interface Axe {
  run(context: Element, options: RunOptions): Promise<AxeResults>;
  setup(root: Element): void;
  teardown(): void;
  readonly utils: { getNodeFromTree(element: Element): unknown };
  readonly commons: { readonly text: { accessibleTextVirtual(node: unknown): string } };
}

let loading: Promise<Axe> | undefined;

/** It registers itself on the window. */
export function loadAxe(): Promise<Axe> {
  return (loading ??= import('axe-core/axe.min.js' as string).then(() => (window as unknown as { axe: Axe }).axe));
}

const ALL: RunOptions = {
  resultTypes: ['violations'],
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  // Neither is on by itself: one is new, the other still an experiment.
  rules: { 'target-size': { enabled: true }, 'label-content-name-mismatch': { enabled: true } },
};

/** Every rule of WCAG 2.0 to 2.2, A and AA, and those of good practice. */
export const axeAll = (root: Element) => violations(root, ALL);

/** Only what the colours decide. */
export const axeColours = (root: Element) =>
  violations(root, { resultTypes: ['violations'], runOnly: { type: 'rule', values: ['color-contrast'] } });

async function violations(root: Element, options: RunOptions): Promise<string[]> {
  const axe = await loadAxe();
  const results = await axe.run(root, options);
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary = '' }) => `${id}: ${target.flat().join(' ')} ${failureSummary}`),
  );
}
