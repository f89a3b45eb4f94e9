/** What a socket sends while a chatbot is prepared for a conversation waits for that, and so keeps its order. */
export class BotCall {
  /** Never rejects. */
  #last: Promise<unknown> | undefined;

  /**
   * @param prepare for a message that starts a conversation; missing: it starts none
   * @returns whether a bot answers
   */
  async make(prepare?: () => Promise<boolean>): Promise<boolean> {
    if (!prepare && !this.#last) return false;
    const made = (this.#last ?? Promise.resolve()).then(prepare ?? (() => false));
    const settled = made.catch(() => {});
    this.#last = settled;
    try {
      return await made;
    } finally {
      if (this.#last === settled) this.#last = undefined;
    }
  }
}
