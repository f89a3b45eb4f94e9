import { html, nothing } from 'lit';
import type { Attachment, MessageEntry } from '../api/protocol.ts';
import { english } from '../text/file-strings.ts';
import { formatBytes } from '../text/format-bytes.ts';
import { fill } from '../text/phrase.ts';
import { dress } from './dress.ts';
import { addressOf } from './file-address.ts';
import { fileCardStyles } from './file-card.styles.ts';
import { downloadIcon, iconOf } from './file-icons.ts';
import { filesStyles } from './message-files.styles.ts';
import type { ThreadStage } from './thread-stage.ts';

/** Largest room of a picture in a message, px; it is as wide as its message at most. */
const ROOM = { width: 280, height: 320 };
/** Smallest side, so that a strip of pixels can be pressed, px. */
const LEAST = 44;

/** What a message brings along: pictures as they are, sounds and films with their controls, all else as cards. */
export function filesView(files: readonly Attachment[], stage: ThreadStage) {
  dress(stage.root, fileCardStyles);
  dress(stage.root, filesStyles);
  return html`<div class="files">${files.map((file) => fileView(file, stage))}</div>`;
}

function fileView(file: Attachment, stage: ThreadStage) {
  const { mediaType, width, height } = file;
  if (width && height) return pictureView(file, stage, { width, height });
  return html`${cardView(file, stage)} ${playerView(file, mediaType.split('/', 1)[0], stage)}`;
}

/** Its place is there before anything of it is, and nothing plays by itself. */
function playerView(file: Attachment, kind: string, stage: ThreadStage) {
  const { name, mediaType } = file;
  if (!PLAYABLE.test(mediaType)) return nothing;
  const address = addressOf(file, stage);
  return kind === 'audio'
    ? html`<audio controls preload="none" aria-label=${name} src=${address} @error=${renewing(file, stage)}></audio>`
    : html`<video
        controls
        playsinline
        preload="metadata"
        aria-label=${name}
        src=${address}
        @error=${renewing(file, stage)}
      ></video>`;
}

/** What the server shows inline (server/src/files/kinds.ts). */
const PLAYABLE = /^(audio\/(mpeg|mp4|ogg|wav|flac|aac)|video\/(mp4|webm|quicktime))$/;

function pictureView(file: Attachment, stage: ThreadStage, size: { readonly width: number; readonly height: number }) {
  const scale = Math.min(1, ROOM.width / size.width, ROOM.height / size.height);
  const side = (pixels: number) => Math.max(LEAST, Math.round(pixels * scale));
  // Width and height as attributes: its place is there before it is.
  return html`
    <button
      class="picture"
      part="file"
      type="button"
      aria-label=${fill(stage.of('file', english).picture, { name: file.name })}
      data-file=${file.id}
      @click=${(event: Event) => show(event.currentTarget as HTMLElement, file, stage)}
    >
      <img
        src=${addressOf(file, stage)}
        alt=""
        width=${side(size.width)}
        height=${side(size.height)}
        loading="lazy"
        decoding="async"
        @error=${renewing(file, stage)}
      />
    </button>
  `;
}

function cardView(file: Attachment, stage: ThreadStage) {
  const size = formatBytes(file.bytes, stage.lang);
  return html`
    <a
      class="card"
      part="file"
      href=${addressOf(file, stage)}
      target="_blank"
      rel="noopener noreferrer"
      download=${file.name}
      @click=${(event: Event) => download(event, file, stage)}
    >
      <span class="file-kind">${iconOf(file.mediaType)}</span>
      <span class="file-words"
        ><span class="unseen">${stage.of('file', english).save} </span><bdi class="file-name">${file.name}</bdi
        ><bdi class="file-meta">${size}</bdi></span
      >
      ${downloadIcon}
    </a>
  `;
}

/** A good address is good for a day; a page may be open for longer. */
function renewing(file: Attachment, stage: ThreadStage) {
  return async ({ currentTarget }: Event) => {
    const shown = currentTarget as HTMLImageElement | HTMLMediaElement;
    const renewed = await renew(file, stage);
    const address = renewed && addressOf(renewed, stage);
    if (address && address !== shown.getAttribute('src')) shown.src = address;
    else if (shown.localName === 'img') shown.closest('.picture')?.classList.add('gone');
    // It is there, but nothing that this browser can play: its card stays.
    else if (address) shown.hidden = true;
  };
}

async function show(button: HTMLElement, file: Attachment, stage: ThreadStage): Promise<void> {
  try {
    const { openViewer } = await import('./cw-viewer.ts');
    if (button.isConnected) openViewer(button, stage);
  } catch {
    const message = stage.thread.entries.find(
      (entry): entry is MessageEntry =>
        entry.type === 'message' && entry.attachments?.some(({ id }) => id === file.id) === true,
    );
    if (message) stage.complain(message.id, stage.of('file', english).unreachable);
  }
}

/** With an address that is good now; undefined when it is not there any more, or out of reach. */
function renew(file: Attachment, stage: ThreadStage): Promise<Attachment | undefined> {
  return import('./fresh-file.ts').then(
    ({ fresh }) => fresh(file, stage),
    () => undefined,
  );
}

/** The browser saves it, unless the address is over: then with a fresh one. */
async function download(event: Event, file: Attachment, stage: ThreadStage): Promise<void> {
  const exp = Number(/[?&]exp=(\d+)/.exec(file.url)?.[1] ?? Infinity);
  if (exp * 1_000 > Date.now()) return;
  event.preventDefault();
  const link = event.currentTarget as HTMLAnchorElement;
  const renewed = await renew(file, stage);
  if (!renewed) return stage.tell(stage.of('file', english).gone);
  link.href = addressOf(renewed, stage);
  // Its own click comes here again, and goes on.
  const door = document.createElement('a');
  Object.assign(door, { href: link.href, target: '_blank', rel: 'noopener noreferrer', download: file.name });
  door.click();
}
