import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { AdminClient, InboxDetails, InboxName, Json, SettingsWarning } from '../../../api/admin-client.ts';
import type { ChatError } from '../../../api/chat-error.ts';
import type { WidgetSettingsAnswer } from '../../../api/protocol.ts';
import { fill, plural } from '../../../text/phrase.ts';
import { english as strings } from '../../../text/settings-strings.ts';
import { SettingsDraft } from './settings-draft.ts';

/** The settings stand below this in an inbox; what the server says of fields begins with it. */
const ROOT = '/settings';
/** A preview is asked for when nothing was typed for so long, ms. */
const PREVIEW_MS = 160;

/** One inbox's settings in the hands of an admin: read, changed, previewed, saved. Failures are words, never rejections. */
export class SettingsController implements ReactiveController {
  inboxes: readonly InboxName[] = [];
  inbox: InboxDetails | undefined;
  draft: SettingsDraft | undefined;
  /** What the server did not take, by pointer into the settings. */
  errors: ReadonlyMap<string, string> = new Map();
  warnings: ReadonlyMap<string, readonly string[]> = new Map();
  /** Why there is nothing to show. */
  problem = '';
  /** What became of the last thing that was done. */
  status = '';
  /** The status is bad news. */
  failed = false;
  saving = false;
  /** Somebody else has saved since this was read. */
  conflict = false;
  /** What widgets would get. */
  preview: WidgetSettingsAnswer | undefined;
  previewProblem = '';

  readonly #host: ReactiveControllerHost;
  readonly #client: () => AdminClient;
  #inboxId = '';
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Answers that were overtaken are not looked at. */
  #asked = 0;

  constructor(host: ReactiveControllerHost, client: () => AdminClient) {
    this.#host = host;
    this.#client = client;
    host.addController(this);
  }

  get isChanged(): boolean {
    return this.draft?.isChanged ?? false;
  }

  hostConnected(): void {
    addEventListener('beforeunload', this.#onUnload);
  }

  hostDisconnected(): void {
    removeEventListener('beforeunload', this.#onUnload);
    clearTimeout(this.#timer);
  }

  /** Reads an inbox, unless it is the one that is there. An empty id: the first that there is. */
  async open(inboxId: string): Promise<void> {
    if (this.inbox && this.#inboxId === inboxId) return;
    await this.load(inboxId);
  }

  /** Reads an inbox, whatever was there. */
  async load(inboxId: string): Promise<void> {
    const client = this.#client();
    this.#inboxId = inboxId;
    this.#become({ inbox: undefined, draft: undefined, preview: undefined, problem: '', status: '', conflict: false });
    this.errors = new Map();
    try {
      const [inboxes, schema] = await Promise.all([client.inboxes(), client.schema()]);
      const id = inboxId || inboxes[0]?.id || '';
      const inbox = await client.inbox(id);
      if (this.#inboxId !== inboxId) return;
      this.#inboxId = id;
      this.#become({ inboxes, inbox, draft: new SettingsDraft(schema, inbox.settings) });
      this.#warn(inbox.warnings);
      this.#askForPreview(0);
    } catch (error) {
      if (this.#inboxId !== inboxId) return;
      const { code } = error as ChatError;
      const words = { forbidden: strings.adminsOnly, not_found: strings.noSuchInbox }[code as string];
      this.#become({ problem: words ?? strings.loadFailed });
    }
  }

  /** Reads anew what there is to set: forms may ask for other attributes now. What was changed stays changed. */
  async readSchema(): Promise<void> {
    const schema = await this.#client()
      .schema()
      .catch(() => undefined);
    const { draft } = this;
    if (schema && draft) this.#become({ draft: new SettingsDraft(schema, draft.saved, draft.value) });
  }

  change(pointer: string, value: Json | undefined): void {
    if (!this.draft) return;
    const isBelow = (other: string) => other === pointer || other.startsWith(`${pointer}/`);
    this.errors = new Map([...this.errors].filter(([other]) => !isBelow(other)));
    this.#become({ draft: this.draft.with(pointer, value), status: '', failed: false });
    this.#askForPreview(PREVIEW_MS);
  }

  undo(): void {
    this.errors = new Map();
    this.#become({ draft: this.draft?.undone, status: strings.undone, failed: false, conflict: false });
    this.#askForPreview(0);
  }

  /** Saves what was changed. Whether it is saved now; if not, `errors` or `status` say why. */
  async save(): Promise<boolean> {
    const { draft, inbox } = this;
    if (!draft || !inbox || this.saving) return false;
    this.errors = new Map();
    this.#become({ saving: true, status: strings.saving, failed: false });
    try {
      const saved = await this.#client().saveInbox(inbox.id, { settings: draft.patch });
      // What was typed while it was saved is still to be saved.
      const later = this.draft === draft ? undefined : this.draft?.onto(saved.settings);
      const next = later ?? new SettingsDraft(draft.schema, saved.settings);
      this.#become({ inbox: saved, draft: next, saving: false, status: strings.saved, conflict: false });
      this.#warn(saved.warnings);
      return !next.isChanged;
    } catch (error) {
      this.#refused(error as ChatError);
      return false;
    }
  }

  /** Renames the inbox. Rejects with ChatError. */
  async rename(name: string): Promise<void> {
    const { inbox } = this;
    if (!inbox) return;
    const saved = await this.#client().saveInbox(inbox.id, { name });
    this.#become({
      inbox: saved,
      inboxes: this.inboxes.map((each) => (each.id === saved.id ? { id: saved.id, name: saved.name } : each)),
    });
  }

  /** Loads what somebody else has saved, and makes the same changes to it. */
  async takeTheirs(): Promise<void> {
    const { draft, inbox } = this;
    if (!draft || !inbox) return;
    try {
      const theirs = await this.#client().inbox(inbox.id);
      this.#become({ inbox: theirs, draft: draft.onto(theirs.settings), conflict: false, status: strings.merged });
      this.failed = false;
      this.#askForPreview(0);
    } catch {
      this.#become({ status: strings.loadFailed, failed: true });
    }
  }

  #refused({ code, field, message }: ChatError): void {
    this.saving = false;
    if (code === 'precondition_failed') return this.#become({ conflict: true, status: strings.conflict, failed: true });
    if (code === 'bad_request' && field?.startsWith(`${ROOT}/`)) {
      this.errors = new Map([[field.slice(ROOT.length), sentenceOf(message, field)]]);
      return this.#become({ status: plural('en', strings.notValid, this.errors.size), failed: true });
    }
    this.#become({ status: code === 'forbidden' ? strings.adminsOnly : strings.saveFailed, failed: true });
  }

  #warn(warnings: readonly SettingsWarning[]): void {
    const byField = new Map<string, string[]>();
    for (const { field, message } of warnings) {
      const pointer = field.startsWith(`${ROOT}/`) ? field.slice(ROOT.length) : field;
      byField.set(pointer, [...(byField.get(pointer) ?? []), message]);
    }
    this.warnings = byField;
    this.#host.requestUpdate();
  }

  #askForPreview(afterMs: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#showPreview(), afterMs);
  }

  async #showPreview(): Promise<void> {
    const { draft, inbox } = this;
    if (!draft || !inbox) return;
    const asked = ++this.#asked;
    try {
      const { widget, warnings } = await this.#client().preview(inbox.id, draft.patch);
      if (asked !== this.#asked) return;
      this.#become({ preview: widget, previewProblem: '' });
      this.#warn(warnings);
    } catch (error) {
      if (asked !== this.#asked) return;
      const { code, field = '', message } = error as ChatError;
      const words = { field: draft.titleAt(field.slice(ROOT.length)), reason: reasonOf(message, field) };
      const stopped = fill(strings.previewStopped, words);
      this.#become({ previewProblem: code === 'bad_request' ? stopped : strings.previewFailed });
    }
  }

  #become(change: Partial<Mutable>): void {
    Object.assign(this, change);
    this.#host.requestUpdate();
  }

  // A field, so that the listener is the same when it is removed.
  readonly #onUnload = (event: BeforeUnloadEvent): void => {
    if (this.isChanged) event.preventDefault();
  };
}

type Mutable = Pick<
  SettingsController,
  'inboxes' | 'inbox' | 'draft' | 'problem' | 'status' | 'failed' | 'saving' | 'conflict' | 'preview' | 'previewProblem'
>;

/** What the server says of a field, without the field's path. */
const reasonOf = (message: string, field: string): string => message.replace(`"${field}" `, '').trim();

/** The same as a sentence, for the field itself. */
export function sentenceOf(message: string, field: string): string {
  const said = reasonOf(message, field);
  return said.charAt(0).toUpperCase() + said.slice(1);
}
