import { css } from 'lit';
import { formStyles } from './form.styles.ts';
import { listFieldStyles } from './list-fields.styles.ts';

export const settingsFormStyles = [
  formStyles,
  listFieldStyles,
  css`
    :host {
      display: grid;
      gap: 40px;
    }
    .group {
      display: grid;
      gap: 28px;
      min-inline-size: 0;
    }
    h2 {
      font-size: 17px;
      line-height: 24px;
      font-weight: 600;
    }
    section {
      padding-block-start: 32px;
      border-block-start: 1px solid var(--chat-line);
    }
    .about {
      margin-block-start: -24px;
      color: var(--chat-muted);
    }
    fieldset .group {
      gap: 20px;
      margin-block-start: 4px;
      padding-inline-start: 16px;
      border-inline-start: 2px solid var(--chat-line);
    }
    fieldset {
      grid-template-columns: auto minmax(0, 1fr);
      align-items: center;
    }
    fieldset > * {
      grid-column: 1 / -1;
    }
    /* Floating, a legend is a box like any other: the button stands beside it. */
    fieldset > legend {
      float: left;
      grid-area: 1 / 1;
    }
    fieldset > .head {
      grid-area: 1 / 2;
    }
    fieldset:focus {
      outline: none;
    }
    .reset {
      inline-size: 24px;
      block-size: 24px;
      border-radius: 8px;
    }
    .reset svg {
      inline-size: 16px;
      block-size: 16px;
    }
    .reset[data-tip]::after {
      inset-inline: 0 auto;
    }
    /* Beside a long label it would stand outside, and have the page scrolled sideways. */
    @media (max-width: 480px) {
      .reset {
        --tip: none;
      }
    }

    .with-unit {
      display: flex;
      align-items: center;
      gap: 10px;
    }
    .with-unit input {
      flex: 0 1 140px;
    }
    .with-unit select {
      flex: 0 1 140px;
    }

    .switch-field {
      grid-template-columns: minmax(0, 1fr) auto;
      column-gap: 16px;
    }
    .switch-field > :not(.head, input) {
      grid-column: 1;
    }
    [role='switch'] {
      appearance: none;
      grid-area: 1 / 2;
      position: relative;
      inline-size: 40px;
      block-size: 24px;
      margin: 0;
      border: 0;
      border-radius: 12px;
      background: light-dark(oklch(from var(--chat-muted) 0.66 c h), oklch(from var(--chat-muted) 0.5 c h));
      cursor: pointer;
      transition: background-color var(--chat-duration) var(--chat-ease);
    }
    [role='switch']::before {
      content: '';
      position: absolute;
      inset-block-start: 3px;
      inset-inline-start: 3px;
      inline-size: 18px;
      block-size: 18px;
      border-radius: 50%;
      background: oklch(1 0 0);
      transition: transform var(--chat-duration) var(--chat-ease);
    }
    [role='switch']:checked {
      background: var(--chat-accent);
    }
    [role='switch']:checked::before {
      transform: translateX(16px);
      background: var(--chat-on-accent);
    }
    [role='switch']:checked:dir(rtl)::before {
      transform: translateX(-16px);
    }

    .segments {
      display: inline-grid;
      grid-auto-flow: column;
      grid-auto-columns: minmax(0, 1fr);
      justify-self: start;
      max-inline-size: 100%;
      padding: 3px;
      border-radius: var(--chat-radius-control);
      background: var(--chat-raised);
    }
    .segments label {
      position: relative;
      cursor: pointer;
    }
    .segments input {
      position: absolute;
      inset: 0;
      inline-size: 100%;
      block-size: 100%;
      margin: 0;
      opacity: 0;
      cursor: pointer;
    }
    .segments span {
      display: grid;
      place-items: center;
      min-block-size: 34px;
      padding: 4px 16px;
      border-radius: 10px;
      font-size: 14px;
      line-height: 20px;
      font-weight: 550;
      text-align: center;
      color: var(--chat-muted);
    }
    .segments input:checked + span {
      background: var(--chat-surface);
      color: var(--chat-text);
      box-shadow:
        0 0 0 1px var(--chat-line),
        0 1px 3px oklch(0.2 0.02 260 / 0.12);
    }
    .segments input:focus-visible + span {
      outline: 2px solid var(--chat-focus);
      outline-offset: 1px;
    }
    .choices {
      display: grid;
      grid-template-columns: repeat(auto-fill, minmax(180px, 1fr));
      gap: 4px 16px;
    }
    .choices label {
      display: flex;
      align-items: center;
      gap: 10px;
      min-block-size: 32px;
      font-weight: 400;
      font-size: 14px;
    }

    .color {
      display: flex;
      align-items: center;
      gap: 8px;
    }
    .color input[type='color'] {
      appearance: none;
      flex: none;
      inline-size: 44px;
      block-size: 40px;
      padding: 0;
      border: 0;
      border-radius: var(--chat-radius-control);
      background: none;
      cursor: pointer;
    }
    .color ::-webkit-color-swatch-wrapper {
      padding: 0;
    }
    /* None is chosen. */
    .color .empty {
      opacity: 0.3;
    }
    .color ::-webkit-color-swatch {
      border: 1px solid oklch(from var(--chat-text) l c h / 0.16);
      border-radius: var(--chat-radius-control);
    }
    .color ::-moz-color-swatch {
      border: 1px solid oklch(from var(--chat-text) l c h / 0.16);
      border-radius: var(--chat-radius-control);
    }
    .color input[type='text'] {
      flex: 0 1 140px;
      font-variant-numeric: tabular-nums;
    }
    .image {
      display: grid;
      gap: 8px;
    }
    .image-ways {
      display: flex;
      flex-wrap: wrap;
      gap: 8px;
    }
    progress {
      inline-size: min(240px, 100%);
      accent-color: var(--chat-brand-text);
    }
    .picture img {
      display: block;
      max-inline-size: 160px;
      max-block-size: 96px;
      border-radius: var(--chat-radius-control);
      box-shadow: 0 0 0 1px var(--chat-line);
      background: var(--chat-raised);
      object-fit: contain;
    }
    .picture:not(.failed) p,
    .picture.failed img {
      display: none;
    }
    @media (pointer: coarse) {
      .segments span {
        min-block-size: 40px;
      }
      .reset {
        inline-size: 32px;
        block-size: 32px;
      }
      .choices label {
        min-block-size: 44px;
      }
    }
    @media (forced-colors: active) {
      .segments input:checked + span {
        border: 1px solid;
      }
      [role='switch'] {
        appearance: auto;
      }
      [role='switch']::before {
        content: none;
      }
    }
  `,
];
