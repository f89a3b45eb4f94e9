import { css } from 'lit';

/** A button that reads like a link. */
export const linkStyles = css`
  .link {
    min-block-size: 28px;
    border-radius: 4px;
    color: var(--chat-brand-text);
    font-weight: 550;
  }
  .link:hover {
    text-decoration: underline;
  }
  @media (pointer: coarse) {
    .link {
      min-block-size: 44px;
    }
  }
`;
