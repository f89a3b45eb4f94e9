import { ChatError } from '../api/chat-error.ts';
import type { Attachment } from '../api/protocol.ts';
import type { ThreadClient } from '../api/thread-client.ts';
import { takeBack, upload } from '../api/upload.ts';
import { english } from '../text/file-strings.ts';
import { formatBytes } from '../text/format-bytes.ts';
import type { Language } from '../text/language.ts';
import { fill, plural } from '../text/phrase.ts';

/** One file that was chosen, on its way to being sent. */
export interface ShelfItem {
  /** Tells it from the others, also of the same name. */
  readonly key: number;
  readonly file: File;
  /** As the server has it, or will have it. */
  readonly name: string;
  /** `offline`: it goes on by itself. `failed`: a person decides. */
  readonly status: 'waiting' | 'uploading' | 'offline' | 'ready' | 'failed';
  /** From 0 to 1. */
  readonly progress: number;
  /** Of a picture: a `blob:` address of what is on this device. */
  readonly preview?: string;
  /** What is wrong, in one sentence. */
  readonly problem?: string;
  /** Trying again may help. */
  readonly retryable?: boolean;
  /** `ready` */
  readonly attachment?: Attachment;
}

/** How a `FileShelf` is made. */
export interface FileShelfOptions {
  readonly client: ThreadClient;
  /** The conversation that is written into; the first file may begin it. */
  readonly begin: () => string;
  readonly onChange: () => void;
  /** For what is wrong with a file. */
  readonly language: () => Language;
}

/** Uploads at once; the others wait their turn. */
const AT_ONCE = 3;
/** What is refused for now, for no longer than this (ms), is tried again without a word. */
const SHORT_WAIT_MS = 10_000;
/** So often is looked whether the connection is back, beside its own news, ms. */
const LOOK_MS = 10_000;

let lastKey = 0;

/** The files that go along with what is being written in one conversation. They live as long as the page. */
export class FileShelf {
  readonly #options: FileShelfOptions;
  #items: readonly ShelfItem[] = [];
  readonly #stops = new Map<number, AbortController>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Of this shelf's uploads: a new conversation keeps the id that its first file went to. */
  #conversationId = '';

  constructor(options: FileShelfOptions) {
    this.#options = options;
  }

  get items(): readonly ShelfItem[] {
    return this.#items;
  }

  /** Something is still on its way. */
  get busy(): boolean {
    return this.#items.some(({ status }) => status === 'waiting' || status === 'uploading' || status === 'offline');
  }

  get failed(): boolean {
    return this.#items.some(({ status }) => status === 'failed');
  }

  /** Puts files on their way. What cannot be sent stands there too, and says why. */
  add(files: Iterable<File>): void {
    const { client, begin, language } = this.#options;
    const { lang, of } = language();
    const strings = of('file', english);
    const { fileBytes = Infinity, filesPerMessage = Infinity } = client.state.settings?.limits ?? {};
    this.#conversationId = begin();
    const added: ShelfItem[] = [];
    for (const file of files) {
      const isTooMany = this.#items.length + added.length >= filesPerMessage;
      const problem = isTooMany
        ? plural(lang, strings.tooManyInOne, filesPerMessage)
        : file.size > fileBytes
          ? fill(strings.tooLarge, { size: formatBytes(fileBytes, lang) })
          : file.size === 0
            ? strings.empty
            : undefined;
      added.push({
        key: ++lastKey,
        file,
        name: shownName(file.name),
        status: problem ? 'failed' : 'waiting',
        progress: 0,
        ...(problem ? { problem } : { preview: previewOf(file) }),
      });
    }
    this.#items = [...this.#items, ...added];
    this.#pump();
  }

  /** Cancels, or takes away. What was uploaded is removed from the server. */
  remove(key: number): void {
    const item = this.#items.find((each) => each.key === key);
    if (!item) return;
    this.#stops.get(key)?.abort();
    if (item.attachment) void takeBack(this.#options.client, this.#conversationId, item.attachment.id);
    if (item.preview) URL.revokeObjectURL(item.preview);
    this.#items = this.#items.filter((each) => each !== item);
    this.#pump();
  }

  /** What looked like a picture is none that this browser can show. */
  cannotShow(key: number): void {
    const { preview } = this.#items.find((each) => each.key === key) ?? {};
    if (preview) URL.revokeObjectURL(preview);
    this.#set(key, { preview: undefined });
    this.#options.onChange();
  }

  retry(key: number): void {
    this.#set(key, { status: 'waiting', progress: 0, problem: undefined });
    this.#pump();
  }

  /** The connection may be back. */
  resume(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const lost = this.#items.filter(({ status }) => status === 'offline');
    for (const { key } of lost) this.#set(key, { status: 'waiting', progress: 0 });
    if (lost.length) this.#pump();
  }

  /** What is ready to go along. */
  get attachments(): readonly Attachment[] {
    return this.#items.flatMap(({ attachment }) => attachment ?? []);
  }

  /** Everything goes, here and on the server. */
  clear(): void {
    for (const { key } of this.#items) this.remove(key);
    this.empty();
  }

  /** Everything goes from here; on the server it stays, for the message that it belongs to now. */
  empty(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    for (const { preview } of this.#items) if (preview) URL.revokeObjectURL(preview);
    this.#items = [];
    this.#options.onChange();
  }

  #pump(): void {
    for (const { key, status, file } of this.#items) {
      if (status !== 'waiting' || this.#stops.size >= AT_ONCE || this.#stops.has(key)) continue;
      void this.#upload(key, file);
    }
    this.#options.onChange();
  }

  async #upload(key: number, file: File): Promise<void> {
    const stop = new AbortController();
    this.#stops.set(key, stop);
    this.#set(key, { status: 'uploading' });
    try {
      // A folder has nothing in it that could be sent, and a file may be gone by now.
      await file.slice(0, 1).arrayBuffer();
      const attachment = await upload(this.#options.client, file, {
        conversationId: this.#conversationId,
        signal: stop.signal,
        onProgress: (progress) => {
          this.#set(key, { progress });
          this.#options.onChange();
        },
      });
      this.#set(key, { status: 'ready', progress: 1, attachment, name: attachment.name });
    } catch (error) {
      this.#fail(key, error);
    } finally {
      this.#stops.delete(key);
      this.#pump();
    }
  }

  #fail(key: number, error: unknown): void {
    const { code, retryAfterMs, field, temporary } =
      error instanceof ChatError ? error : new ChatError('bad_request', String(error));
    if (code === 'offline' || (code === 'rate_limited' && (retryAfterMs ?? 0) <= SHORT_WAIT_MS)) {
      this.#set(key, { status: 'offline', progress: 0 });
      this.#timer ??= setTimeout(() => this.resume(), retryAfterMs ?? LOOK_MS);
      return;
    }
    const strings = this.#options.language().of('file', english);
    const words: Partial<Record<typeof code, string>> = {
      too_large: strings.tooLargeSomehow,
      rate_limited: strings.tooManyToday,
      forbidden: strings.notAllowed,
      unavailable: strings.unavailable,
      internal: strings.unavailable,
      unauthorized: strings.unavailable,
    };
    const kinds: Record<string, string> = {
      '/file/pixels': strings.tooManyPixels,
      '/file/kind': strings.cannotBeCleaned,
    };
    const problem = kinds[field ?? ''] ?? words[code] ?? strings.refused;
    this.#set(key, { status: 'failed', problem, retryable: temporary || code === 'unauthorized' });
  }

  #set(key: number, change: Partial<ShelfItem>): void {
    this.#items = this.#items.map((item) => (item.key === key ? { ...item, ...change } : item));
  }
}

/** What is never seen but changes how a name reads, as the server takes it out (server/src/files/file-name.ts). */
const UNSEEN = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]|(?![\u200c\u200d])\p{Cf}/gu;

/** A name that reads as what it is, without the folders that may stand before it. */
function shownName(given: string): string {
  return given.replace(UNSEEN, '').split(/[/\\]/).at(-1)?.trim() || 'file';
}

/** Only of kinds that every browser shows: others would be a broken picture. */
function previewOf(file: File): string | undefined {
  return /^image\/(png|jpeg|gif|webp|avif)$/.test(file.type) ? URL.createObjectURL(file) : undefined;
}
