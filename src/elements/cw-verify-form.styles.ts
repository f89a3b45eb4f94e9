import { css } from 'lit';

/** Beside `controlStyles`: where what is asked for stands. */
export const formStyles = css`
  form {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 6px;
    padding: 12px 14px;
  }
  .note {
    margin-block-end: 4px;
    color: var(--chat-muted);
    overflow-wrap: anywhere;
  }
  .field {
    display: flex;
    gap: 8px;
  }
  .field input {
    flex: 1;
  }
  .field button {
    flex: none;
  }
  .code {
    font-variant-numeric: tabular-nums;
    font-weight: 600;
    letter-spacing: 0.3em;
  }
  .others {
    display: flex;
    flex-wrap: wrap;
    gap: 0 16px;
  }
`;
