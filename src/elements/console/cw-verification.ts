import { ContextConsumer } from '@lit/context';
import { css, html, LitElement } from 'lit';
import { property } from 'lit/decorators.js';
import type { Verification } from '../../api/protocol.ts';
import { consoleStringsContext } from '../../context/console-strings-context.ts';
import { defaultConsoleWords } from '../../text/console-strings.ts';
import { notVerifiedIcon, verifiedIcon } from './console-icons.ts';
import { shared } from '../tokens.styles.ts';

/**
 * How a conversation was proven: a filled badge with "Verified", or an outlined one with "Not verified".
 *
 * @internal
 */
export class CwVerification extends LitElement {
  static override styles = [
    shared,
    css`
      :host {
        display: inline-flex;
      }
      span {
        display: inline-flex;
        align-items: center;
        gap: 4px;
        padding: 2px 8px 2px 4px;
        padding-inline: 4px 8px;
        border-radius: 99px;
        font-size: 12.5px;
        line-height: 16px;
        font-weight: 550;
        white-space: nowrap;
      }
      .verified {
        background: var(--chat-success-tint);
        color: var(--chat-success);
      }
      .not-verified {
        box-shadow: inset 0 0 0 1px var(--chat-line);
        color: var(--chat-muted);
      }
      svg {
        inline-size: 16px;
        block-size: 16px;
      }
      .shape {
        fill: currentcolor;
        stroke-width: 1;
      }
      .mark {
        stroke: var(--chat-success-tint);
        stroke-width: 2;
      }
      @media (forced-colors: active) {
        span {
          border: 1px solid;
        }
        .mark {
          stroke: Canvas;
        }
      }
    `,
  ];

  @property() verification: Verification = 'anonymous';

  readonly #words = new ContextConsumer(this, { context: consoleStringsContext, subscribe: true });

  protected override render() {
    const { strings } = this.#words.value ?? defaultConsoleWords;
    return this.verification === 'verified'
      ? html`<span class="verified" title=${strings.verifiedHint}>${verifiedIcon}${strings.verified}</span>`
      : html`<span
          class="not-verified"
          title=${this.verification === 'claimed' ? strings.claimedHint : strings.anonymousHint}
          >${notVerifiedIcon}${strings.notVerified}</span
        >`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'cw-verification': CwVerification;
  }
}

if (!customElements.get('cw-verification')) customElements.define('cw-verification', CwVerification);
