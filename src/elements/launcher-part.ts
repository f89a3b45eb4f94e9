import type { OutreachHost } from './outreach-host.ts';

/** Where the launcher stands; what is left out stays as it is. */
export interface LauncherPlace {
  readonly position?: 'left' | 'right';
  /** From that side of the page, px. */
  readonly offsetX?: number;
  /** From the bottom, px. */
  readonly offsetY?: number;
}

/** Moves the launcher while somebody looks. */
export class LauncherPart {
  readonly #host: () => OutreachHost;

  constructor(host: () => OutreachHost) {
    this.#host = host;
  }

  /** Resolves when it stands there. */
  async move(place: LauncherPlace): Promise<void> {
    // While its code is on its way nothing is shown.
    await import('./stance.ts');
    const { element, launcher, settled } = this.#host();
    const before = launcher.getBoundingClientRect();
    const { position = element.position, offsetX = element.offsetX, offsetY = element.offsetY } = place;
    Object.assign(element, { position, offsetX, offsetY });
    await element.updateComplete;
    await settled();
    await element.updateComplete;
    const after = launcher.getBoundingClientRect();
    const from = `${before.x - after.x}px ${before.y - after.y}px`;
    if (matchMedia('(prefers-reduced-motion: reduce)').matches || !before.width || !after.width) return;
    const styles = getComputedStyle(launcher);
    const [duration, easing] = ['--chat-duration', '--chat-ease'].map((name) => styles.getPropertyValue(name).trim());
    // `finished` rejects when the launcher is taken out meanwhile: then it stands nowhere, and that is no failure.
    await launcher
      .animate({ translate: [from, '0px 0px'] }, { duration: msOf(duration), easing })
      .finished.catch(() => {});
  }
}

/** Of a CSS time. */
function msOf(time: string): number {
  return parseFloat(time) * (time.endsWith('ms') ? 1 : 1_000) || 0;
}
