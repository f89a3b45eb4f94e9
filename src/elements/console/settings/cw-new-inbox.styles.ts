import { css } from 'lit';

export const newInboxStyles = css`
  :host {
    display: block;
  }
  form {
    display: grid;
    gap: 28px;
  }
  cw-settings-form {
    gap: 28px;
  }
  form > .button {
    justify-self: start;
  }
`;
