import { html, nothing } from 'lit';
import type { InboxSecret, SecretRotation } from '../../../api/admin-client.ts';
import { fill } from '../../../text/phrase.ts';
import { english as strings } from '../../../text/settings-strings.ts';
import { modal } from './modal.ts';

/** A new random one; one of the site's own; a new one at once, because the old one is known to somebody. */
export type RotationKind = 'replace' | 'set' | 'compromised';

export interface RotationOptions {
  readonly kind: RotationKind;
  readonly secret: InboxSecret;
  /** What the secret is called. */
  readonly name: string;
  readonly busy: boolean;
  /** What the server did not take. */
  readonly refusal: string;
  readonly onCancel: () => void;
  readonly onConfirm: (rotation: SecretRotation) => void;
}

const WORDS = {
  replace: [strings.replaceTitle, strings.replaceText],
  set: [strings.setTitle, strings.setText],
  compromised: [strings.compromisedTitle, strings.compromisedText],
} as const;

/** Asks before a secret is replaced, and how. */
export function rotationDialog({ kind, name, busy, refusal, onCancel, onConfirm }: RotationOptions) {
  const [title, text] = WORDS[kind];
  const onSubmit = (event: Event) => {
    event.preventDefault();
    const values = new FormData(event.currentTarget as HTMLFormElement);
    const value = values.get('value');
    const hours = values.get('hours');
    onConfirm({
      ...(typeof value === 'string' && { value }),
      ...(typeof hours === 'string' && hours !== '' && { graceHours: Number(hours) }),
      ...(kind === 'compromised' && { compromised: true }),
    });
  };
  return html`
    <dialog aria-labelledby="rotation-title" @close=${onCancel} ${modal}>
      <form method="dialog" @submit=${onSubmit}>
        <h2 id="rotation-title">${fill(title, { name })}</h2>
        <p>${text}</p>
        ${
          kind === 'set'
            ? html`<div class="field">
                <label for="value">${strings.ownValue}</label>
                <input
                  id="value"
                  name="value"
                  required
                  autocomplete="off"
                  spellcheck="false"
                  aria-describedby="value-hint refusal"
                  aria-invalid=${refusal ? 'true' : nothing}
                />
                <p class="hint" id="value-hint">${strings.ownValueHint}</p>
              </div>`
            : nothing
        }
        ${
          kind === 'compromised'
            ? nothing
            : html`<div class="field">
                <label for="hours">${strings.graceHours}</label>
                <input
                  id="hours"
                  name="hours"
                  type="number"
                  inputmode="numeric"
                  min="0"
                  max="720"
                  value="24"
                  aria-describedby="hours-hint"
                />
                <p class="hint" id="hours-hint">${strings.graceHint}</p>
              </div>`
        }
        <p class="error" id="refusal" role="alert">${refusal}</p>
        <div class="answers">
          <button class="button" type="button" @click=${onCancel}>${strings.cancel}</button>
          <button class="button ${kind === 'compromised' ? 'danger' : 'primary'}" type="submit" aria-disabled=${busy}>
            ${kind === 'set' ? strings.setSecret.replace('…', '') : strings.replaceSecret.replace('…', '')}
          </button>
        </div>
      </form>
    </dialog>
  `;
}
