import { css } from 'lit';

export const formStyles = css`
  :host {
    display: block;
  }
  form {
    display: grid;
    gap: 14px;
    grid-template-columns: minmax(0, 1fr);
  }
  .form-field {
    display: grid;
    gap: 4px;
    grid-template-columns: minmax(0, 1fr);
  }
  label {
    overflow-wrap: anywhere;
  }
  .optional,
  .help {
    color: var(--chat-muted);
    font-size: 12.5px;
    line-height: 16px;
    font-weight: 400;
  }
  .optional {
    margin-inline-start: 6px;
  }
  .check {
    display: flex;
    align-items: flex-start;
    gap: 10px;
  }
  .check label {
    padding-block: 3px;
    font-weight: 400;
  }
  a {
    color: var(--chat-brand-text);
  }
  /* The inbox's own words need no warning of where they lead. */
  .host {
    display: none;
  }
  .buttons {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 16px;
  }
  @media (pointer: coarse) {
    .check label {
      padding-block: 4px;
    }
  }
`;
