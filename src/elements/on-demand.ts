/**
 * Code that few need, asked for when something is to be shown with it: undefined until it is there, then at once.
 * `onLoad` is called once for each that asked meanwhile. What could not be loaded is asked for again at the next need.
 */
export function onDemand<Part>(load: () => Promise<Part>): (onLoad: () => void) => Part | undefined {
  let part: Part | undefined;
  let loading: Promise<void> | undefined;
  const waiting = new Set<() => void>();
  return (onLoad) => {
    if (part) return part;
    waiting.add(onLoad);
    loading ??= load().then(
      (loaded) => {
        part = loaded;
        for (const call of waiting) call();
        waiting.clear();
      },
      () => {
        loading = undefined;
        waiting.clear();
      },
    );
    return undefined;
  };
}
