/** What a page says of an inbox's triggers when the chat begins: none (`off`, `false`), only some, or all but some. */
export type TriggerWish =
  'on' | 'off' | boolean | { readonly enabled: readonly string[] } | { readonly disabled: readonly string[] };

/** Which triggers a page lets through. What the inbox has switched off does not come here at all. */
export class TriggerSwitches {
  /** All that are no exceptions. */
  #isOn = true;
  readonly #exceptions = new Set<string>();

  /** Begins anew. */
  set(wish: TriggerWish): void {
    if (wish === false || wish === 'off') return this.disable();
    this.enable();
    if (typeof wish !== 'object') return;
    if ('enabled' in wish) {
      this.disable();
      this.enable(wish.enabled);
    } else this.disable(wish.disabled);
  }

  /** @param ids no others; without it all */
  enable(ids?: readonly string[]): void {
    this.#switch(true, ids);
  }

  /** @param ids no others; without it all */
  disable(ids?: readonly string[]): void {
    this.#switch(false, ids);
  }

  isOn(id: string): boolean {
    return this.#isOn !== this.#exceptions.has(id);
  }

  #switch(on: boolean, ids?: readonly string[]): void {
    if (!ids) {
      this.#isOn = on;
      this.#exceptions.clear();
    } else if (on === this.#isOn) ids.forEach((id) => this.#exceptions.delete(id));
    else ids.forEach((id) => this.#exceptions.add(id));
  }
}
