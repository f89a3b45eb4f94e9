import { css } from 'lit';
import { linkStyles } from './link.styles.ts';

/** A line, or a form in its place, between the messages and the field one writes in. */
export const offerStyles = css`
  :host {
    display: block;
    flex: none;
  }
  .row,
  form {
    margin: 4px 12px;
    border-radius: var(--chat-radius-card);
    background: var(--chat-raised);
    font-size: 13px;
    line-height: 18px;
    animation: rise var(--chat-duration) var(--chat-ease);
  }
  .row {
    display: flex;
    align-items: center;
    gap: 8px;
    padding: 4px 4px 4px 14px;
    padding-inline: 14px 4px;
  }
  .row > svg {
    color: var(--chat-brand-text);
  }
  .offer {
    flex: 1;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 12px;
    min-inline-size: 0;
    padding-block: 4px;
    overflow-wrap: anywhere;
  }
  .offer p {
    flex: 1 1 auto;
    color: var(--chat-muted);
  }
  ${linkStyles}
  @media (forced-colors: active) {
    .row,
    form {
      border: 1px solid;
    }
  }
`;
