import { html } from 'lit';
import type { Strings } from '../text/strings.ts';
import { alertIcon, retryIcon } from './icons.ts';

/** Something could not be loaded: one sentence, one thing to do. */
export function failureView(sentence: string, strings: Strings, onRetry: () => void) {
  return html`
    <div class="notice failed-load" role="alert">
      ${alertIcon}
      <p>${sentence}</p>
      <button type="button" @click=${onRetry}>${retryIcon}${strings.tryAgain}</button>
    </div>
  `;
}

/** Grey bubbles in the places of messages to come; they appear when it takes longer than 200 ms. */
export function skeletonView(strings: Strings) {
  return html`
    <div class="skeleton">
      <span class="unseen">${strings.loading}</span>
      <i></i><i></i><i></i><i></i>
    </div>
  `;
}
