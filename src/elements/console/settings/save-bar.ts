import { html, nothing } from 'lit';
import { english as strings } from '../../../text/settings-strings.ts';
import type { Layout } from '../layout-controller.ts';
import type { SettingsController } from './settings-controller.ts';
import { previewIcon } from './settings-icons.ts';

/** What the bar below a form shows, and what its buttons do. */
export interface SaveBarOptions {
  readonly settings: SettingsController;
  readonly layout: Layout;
  readonly onSave: () => void;
  readonly onPreview: () => void;
}

/** The bar below a form: what became of it, and Save. */
export function saveBar({ settings, layout, onSave, onPreview }: SaveBarOptions) {
  const { status, failed, saving, conflict, isChanged } = settings;
  return html`
    <footer class="bar">
      <p role="status" class=${failed ? 'error' : 'state'}>${status || (isChanged ? strings.unsaved : '')}</p>
      ${
        isChanged && !saving && !conflict
          ? html`<button class="button" type="button" @click=${() => settings.undo()}>${strings.undo}</button>`
          : nothing
      }
      ${
        layout === 'wide'
          ? nothing
          : html`<button class="button" type="button" @click=${onPreview}>
              ${previewIcon}<span class=${layout === 'narrow' ? 'unseen' : ''}>${strings.showPreview}</span>
            </button>`
      }
      ${
        conflict
          ? html`<button class="button primary" type="button" @click=${() => void settings.takeTheirs()}>
              ${strings.keepMine}
            </button>`
          : html`<button
              class="button primary"
              type="button"
              aria-disabled=${saving || !isChanged}
              aria-keyshortcuts="Control+S"
              @click=${onSave}
            >
              ${strings.save}
            </button>`
      }
    </footer>
  `;
}
