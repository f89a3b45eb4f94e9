import { html, nothing } from 'lit';
import { english as strings } from '../../../text/settings-strings.ts';
import { modal } from './modal.ts';

/** What can be done with changes that are not saved. */
export interface LeaveChoices {
  readonly save: () => void;
  readonly discard: () => void;
  readonly stay: () => void;
}

/** Asks what to do with changes before they are left behind. */
export function leaveDialog(leaving: unknown, { save, discard, stay }: LeaveChoices) {
  if (!leaving) return nothing;
  return html`
    <dialog aria-labelledby="leave-title" @close=${stay} ${modal}>
      <h2 id="leave-title">${strings.leaveTitle}</h2>
      <p>${strings.leaveHint}</p>
      <div class="answers">
        <button class="button" type="button" @click=${stay}>${strings.stay}</button>
        <button class="button danger" type="button" @click=${discard}>${strings.leaveDiscard}</button>
        <button class="button primary" type="button" @click=${save}>${strings.leaveSave}</button>
      </div>
    </dialog>
  `;
}
