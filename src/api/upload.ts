/** Files on their way to the server and back again. Comes with the first file. */
import { ChatError } from './chat-error.ts';
import type { Attachment, ErrorBody } from './protocol.ts';
import type { FileClient } from './thread-client.ts';

/** What one upload needs beside its file. */
export interface UploadOptions {
  /** Of the conversation that the file will be sent in; it need not be begun yet. */
  readonly conversationId: string;
  readonly signal: AbortSignal;
  /** How much of it has left this device, from 0 to 1. */
  readonly onProgress: (part: number) => void;
}

/**
 * Uploads a file, which then waits to be sent in a message. Rejects with ChatError: `offline` and others that are
 * `temporary` when trying again may help, `closed` when it was stopped by `signal`.
 */
export async function upload(client: FileClient, file: File, options: UploadOptions): Promise<Attachment> {
  await client.startSession?.();
  const address = new URL(filesOf(client, options.conversationId), client.parts.server);
  return sendFile<Attachment>(address, file, { ...options, token: client.token() });
}

/** Where a file goes to, and who is told how far it is. */
interface Sending extends Pick<UploadOptions, 'signal' | 'onProgress'> {
  /** Agents have none: their cookie goes along by itself, the server is the page's own. */
  readonly token?: string;
}

/** Sends a file as a form does; resolves with the answer to it. Rejects with ChatError as `upload`. */
export function sendFile<Answer>(address: URL, file: File, { signal, onProgress, token }: Sending): Promise<Answer> {
  const form = new FormData();
  form.set('file', file, file.name);
  // fetch does not tell how far an upload has come.
  const request = new XMLHttpRequest();
  return new Promise((resolve, reject) => {
    const stop = () => request.abort();
    if (signal.aborted) return reject(stopped());
    signal.addEventListener('abort', stop);
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onload = () => {
      const { status, responseText } = request;
      const body = parse(responseText);
      if (status === 201) resolve(body as Answer);
      else reject(refusalOf(status, body as Partial<ErrorBody> | null));
    };
    request.onerror = () => reject(new ChatError('offline', 'The chat server was not reached.'));
    request.onabort = () => reject(stopped());
    request.onloadend = () => signal.removeEventListener('abort', stop);
    request.open('POST', address);
    if (token) request.setRequestHeader('authorization', `Bearer ${token}`);
    request.send(form);
  });
}

/** Takes back an upload that was not sent. Never rejects: what stays there is forgotten after a day. */
export async function takeBack(client: FileClient, conversationId: string, attachmentId: string): Promise<void> {
  const address = `${filesOf(client, conversationId)}/${attachmentId}`;
  await client.parts.http.request(address, { method: 'DELETE', token: client.token() }).catch(() => {});
}

/** A file of a conversation with an address that is good for a day. Rejects with ChatError. */
export function renew(client: FileClient, conversationId: string, attachmentId: string): Promise<Attachment> {
  return client.parts.http.request(`${filesOf(client, conversationId)}/${attachmentId}`, { token: client.token() });
}

function filesOf({ parts }: FileClient, conversationId: string): string {
  return `${parts.path}/conversations/${conversationId}/files`;
}

const stopped = () => new ChatError('closed', 'The upload was stopped.');

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** A proxy's page in the place of our answer is only told apart by its status. */
function refusalOf(status: number, body: Partial<ErrorBody> | null): ChatError {
  const { code, message = `HTTP ${status}`, field, retryAfterMs } = body?.error ?? {};
  const guess =
    status === 413 ? 'too_large' : status === 429 ? 'rate_limited' : status < 500 ? 'bad_request' : 'unavailable';
  return new ChatError(code ?? guess, message, { status, field, retryAfterMs });
}
