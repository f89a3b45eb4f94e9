import { css, html, nothing } from 'lit';
import type { ChatState } from '../api/chat-state.ts';
import type { Words } from '../text/words.ts';

/** Whether somebody is there, if that is known, and when to expect an answer: `replyTime`, when it is known exactly. */
export function statusView(state: ChatState, { strings, says }: Words, replyTime?: string) {
  const { connection, closeReason, online, settings } = state;
  // Who is refused here gets no answer.
  if (connection === 'closed' && closeReason) return nothing;
  replyTime ??= online === false ? strings.answerLater : says(settings?.messages.replyTime ?? '');
  return html`
    ${
      online === undefined
        ? nothing
        : html`<p><i class=${online ? 'dot on' : 'dot'}></i>${online ? strings.weAreOnline : strings.weAreAway}</p>`
    }
    ${replyTime ? html`<p><bdi>${replyTime}</bdi></p>` : nothing}
  `;
}

/** Beside its word: filled when somebody is there, else a ring. */
export const statusStyles = css`
  .dot {
    display: inline-block;
    inline-size: 9px;
    block-size: 9px;
    margin-inline-end: 6px;
    border: 2px solid;
    border-radius: 50%;
  }
  .on {
    background: currentcolor;
  }
`;
