import { html, LitElement } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { AdminClient, JsonObject, NewInbox } from '../../../api/admin-client.ts';
import type { ChatError } from '../../../api/chat-error.ts';
import { english as strings } from '../../../text/settings-strings.ts';
import { shared } from '../../tokens.styles.ts';
import { consoleStyles } from '../console.styles.ts';
import './cw-settings-form.ts';
import type { CwFieldEvent, CwSettingsForm } from './cw-settings-form.ts';
import type { FieldSchema } from './field-schema.ts';
import { formStyles } from './form.styles.ts';
import { newInboxStyles } from './cw-new-inbox.styles.ts';
import { SettingsDraft } from './settings-draft.ts';
import { submitOnEnter } from './submit-on-enter.ts';
import { sentenceOf } from './settings-controller.ts';

/** An inbox was made. */
export class CwInboxMadeEvent extends Event {
  readonly inboxId: string;

  constructor(inboxId: string) {
    super('cw-inbox-made');
    this.inboxId = inboxId;
  }
}

/** What `POST /v1/inboxes` takes, as the form shows it. */
const SCHEMA: FieldSchema = {
  type: 'object',
  properties: {
    name: { type: 'string', title: strings.inboxName, description: strings.inboxNameHint, maxLength: 80 },
    teamName: { type: 'string', title: strings.brandName, description: strings.brandNameHint, maxLength: 80 },
    color: { type: 'string', 'x-field': 'color', title: strings.brandColor, description: strings.brandColorHint },
    siteUrl: {
      type: 'string',
      format: 'uri',
      title: strings.siteUrl,
      description: strings.siteUrlHint,
      'x-placeholder': 'https://',
    },
    inboxId: { type: 'string', title: strings.inboxId, description: strings.inboxIdHint, maxLength: 64 },
  },
};

/**
 * A form that makes an inbox.
 *
 * @fires {CwInboxMadeEvent} cw-inbox-made - It is there.
 * @internal
 */
export class CwNewInbox extends LitElement {
  static override styles = [shared, consoleStyles, formStyles, newInboxStyles];

  @property({ attribute: false }) client!: AdminClient;

  @state() private draft = new SettingsDraft(SCHEMA, {});
  @state() private errors: ReadonlyMap<string, string> = new Map();
  @state() private busy = false;
  @state() private problem = '';
  @query('cw-settings-form') private form!: CwSettingsForm;

  protected override render() {
    return html`
      <form novalidate @submit=${this.#onSubmit} @keydown=${submitOnEnter}>
        <cw-settings-form .draft=${this.draft} .errors=${this.errors} @cw-field=${this.#onField}></cw-settings-form>
        <button class="button primary" type="submit" aria-disabled=${this.busy}>${strings.makeInbox}</button>
        <p role="status" class="error">${this.problem}</p>
      </form>
    `;
  }

  #onField({ pointer, value }: CwFieldEvent): void {
    this.draft = this.draft.with(pointer, value);
    this.errors = new Map([...this.errors].filter(([other]) => other !== pointer));
    this.problem = '';
  }

  async #onSubmit(event: Event): Promise<void> {
    event.preventDefault();
    if (this.busy) return;
    this.busy = true;
    this.problem = '';
    this.errors = new Map();
    try {
      const { id } = await this.client.createInbox(bodyOf(this.draft.value));
      this.draft = new SettingsDraft(SCHEMA, {});
      this.dispatchEvent(new CwInboxMadeEvent(id));
    } catch (error) {
      await this.#refused(error as ChatError);
    } finally {
      this.busy = false;
    }
  }

  async #refused({ field, message }: ChatError): Promise<void> {
    const pointer = field === '/id' ? '/inboxId' : field;
    if (!pointer || !(pointer.slice(1) in SCHEMA.properties!)) {
      this.problem = strings.makeFailed;
      return;
    }
    this.errors = new Map([[pointer, sentenceOf(message, field ?? '')]]);
    await this.updateComplete;
    await this.form.updateComplete;
    this.form.focusField(pointer);
  }
}

/** Without what was left empty; the name must be there, and an empty one is refused with a word. */
function bodyOf({ name, teamName, color, siteUrl, inboxId }: JsonObject): NewInbox {
  const said = Object.entries({ teamName, color, siteUrl, id: inboxId }).filter(([, value]) => Boolean(value));
  return { name: typeof name === 'string' ? name.trim() : '', ...(Object.fromEntries(said) as Partial<NewInbox>) };
}

declare global {
  interface HTMLElementTagNameMap {
    'cw-new-inbox': CwNewInbox;
  }
}

if (!customElements.get('cw-new-inbox')) customElements.define('cw-new-inbox', CwNewInbox);
