/** Work, not time: how many characters the string functions of a piece of code have looked at or handed out. */

const TEXT_FUNCTIONS = [
  'slice',
  'trim',
  'replace',
  'replaceAll',
  'split',
  'indexOf',
  'startsWith',
  'endsWith',
] as const;

/** Runs `work` and counts: every character that a regular expression passed over, and every one in a string that was made. */
export function countWork(work: () => unknown): number {
  const { exec } = RegExp.prototype;
  const strings = String.prototype as unknown as Record<string, (...values: unknown[]) => unknown>;
  const originals = TEXT_FUNCTIONS.map((name) => [name, strings[name]] as const);
  let steps = 0;
  RegExp.prototype.exec = function (this: RegExp, text: string) {
    const from = this.lastIndex;
    const found = exec.call(this, text);
    // One that fails at its place has looked no further than its bounds allow; one that searches has looked to the end.
    const to = found ? found.index + found[0].length : this.sticky || this.source[0] === '^' ? from : text.length;
    steps += 1 + Math.max(0, to - from);
    return found;
  };
  for (const [name, original] of originals) {
    strings[name] = function (this: string, ...values: unknown[]) {
      const made = original.apply(this, values);
      steps += 1 + (typeof made === 'string' ? made.length : this.length);
      return made;
    };
  }
  try {
    work();
  } finally {
    RegExp.prototype.exec = exec;
    for (const [name, original] of originals) strings[name] = original;
  }
  return steps;
}
