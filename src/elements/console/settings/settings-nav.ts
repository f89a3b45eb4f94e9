import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import type { InboxName } from '../../../api/admin-client.ts';
import { english as strings } from '../../../text/settings-strings.ts';
import type { SettingsPage } from './field-schema.ts';
import { settingsAddress } from './settings-address.ts';

/** A page, and where it is. */
export interface NavPage extends SettingsPage {
  readonly href: string;
}

/** What the list of pages shows. */
export interface NavOptions {
  readonly pages: readonly NavPage[];
  /** Name of the page on screen. */
  readonly current: string;
  readonly inboxes: readonly InboxName[];
  readonly inboxId: string;
  /** A row that scrolls, instead of a column. */
  readonly narrow: boolean;
}

/** The pages of the settings, and which inbox they are of. */
export function settingsNav({ pages, current, inboxes, inboxId, narrow }: NavOptions) {
  const onInbox = ({ currentTarget }: Event) => {
    const { value } = currentTarget as HTMLSelectElement;
    const page = pages.find(({ name, groups }) => name === current && groups.length > 0)?.name ?? pages[0]?.name;
    location.hash = settingsAddress({ inboxId: value, page });
  };
  const link = ({ name, title, href }: NavPage) => html`
    <a href=${href} aria-current=${name === current ? 'page' : nothing}>${title}</a>
  `;
  const ofInbox = pages.filter(({ href }) => href.split('/').length === 4);
  const ofServer = pages.filter((page) => !ofInbox.includes(page));
  return html`
    <nav class=${narrow ? 'strip' : ''} aria-label=${strings.pages}>
      ${
        inboxes.length > 1
          ? html`<select aria-label=${strings.chooseInbox} @change=${onInbox}>
              ${inboxes.map(({ id, name }) => html`<option value=${id} .selected=${live(id === inboxId)}>${name}</option>`)}
            </select>`
          : html`<p class="inbox">${inboxes[0]?.name}</p>`
      }
      ${ofInbox.map(link)}
      <hr />
      ${ofServer.map(link)}
    </nav>
  `;
}
