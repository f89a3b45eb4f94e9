import type { Contact } from '../../../src/api/protocol.ts';
import type { Parts } from '../parts.ts';
import { hasAgreed, notAgreed } from '../visitor-form.ts';

/** Whether a visitor has agreed to what their inbox wants agreed to before a conversation: looked up once per socket. */
export class Consent {
  /** What is said while it is looked up waits for the same answer, and so keeps its order. */
  #agreed: Promise<boolean> | undefined;

  /**
   * Lets every message pass that starts no conversation.
   *
   * @throws Refusal `forbidden`, with the field `/form/consent`
   */
  async check(isStart: boolean, { id }: Contact, inboxId: string, { store }: Parts): Promise<void> {
    if (!isStart && !this.#agreed) return;
    const agreed = (this.#agreed ??= store.contacts.find(id, inboxId).then((row) => row !== null && hasAgreed(row)));
    const isAgreed = await agreed.catch((error: unknown) => {
      this.#forget(agreed);
      throw error;
    });
    if (isAgreed) return;
    this.#forget(agreed);
    if (isStart) throw notAgreed();
  }

  /** It may be otherwise the next time. */
  #forget(agreed: Promise<boolean>): void {
    if (this.#agreed === agreed) this.#agreed = undefined;
  }
}
