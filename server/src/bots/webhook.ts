import { createHmac } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import type { MessageContent } from '../../../src/api/protocol.ts';
import { messageContent, MessageContentSchema } from '../message-content.ts';

/** How long a back end may take, ms. */
const WEBHOOK_MS = 10_000;
/** Longest answer, bytes. */
const ANSWER_BYTES = 64 * 1_024;

const Said = Type.Object({
  text: Type.String({ minLength: 1, maxLength: 4_000 }),
  content: Type.Optional(MessageContentSchema),
});
/** What a back end answers: what the bot is to say. */
const WebhookAnswer = Type.Object({ messages: Type.Optional(Type.Array(Said, { maxItems: 10 })) });
const answerValidator = Compile(WebhookAnswer);

export interface WebhookSaid {
  readonly text: string;
  readonly content?: MessageContent;
}

/** A call of a back end. */
export interface WebhookCall {
  readonly url: string;
  /** `whsec_…` */
  readonly secret: string;
  /** The same each time that this is tried, so that a back end can tell. */
  readonly id: string;
  /** ms since 1970 */
  readonly now: number;
  readonly body: unknown;
  /** Gives up. */
  readonly signal: AbortSignal;
}

/**
 * Asks a back end, with a signature (Standard Webhooks: HMAC-SHA256 of `id.timestamp.body`). Redirects are not followed.
 *
 * @returns what it wants said; nothing for an empty answer
 * @throws Error when it does not answer in time, or not with 2xx and something that can be said
 */
export async function callWebhook({
  url,
  secret,
  id,
  now,
  body,
  signal,
}: WebhookCall): Promise<readonly WebhookSaid[]> {
  const json = JSON.stringify(body);
  const timestamp = Math.floor(now / 1_000);
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${json}`).digest('base64');
  const headers = {
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': `v1,${signature}`,
  };
  const text = await post(url, json, headers, AbortSignal.any([signal, AbortSignal.timeout(WEBHOOK_MS)]));
  if (text.trim() === '') return [];
  const answer: unknown = JSON.parse(text);
  if (!answerValidator.Check(answer)) throw new Error('The answer is not of the right form.');
  return (answer.messages ?? []).map(({ text: words, content }) => ({
    text: words,
    ...(content && { content: messageContent(content) }),
  }));
}

/** Resolves with the body of a 2xx. */
function post(
  url: string,
  body: string,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const send = url.toLowerCase().startsWith('https:') ? httpsRequest : httpRequest;
    const length = Buffer.byteLength(body);
    const request = send(
      url,
      { method: 'POST', signal, headers: { 'content-type': 'application/json', 'content-length': length, ...headers } },
      (response) => {
        const { statusCode = 0 } = response;
        if (statusCode < 200 || statusCode > 299) {
          request.destroy(new Error(`It answered ${statusCode}.`));
          return;
        }
        const chunks: Buffer[] = [];
        let bytes = 0;
        response.on('data', (chunk: Buffer) => {
          bytes += chunk.length;
          if (bytes > ANSWER_BYTES) request.destroy(new Error('Its answer is too long.'));
          else chunks.push(chunk);
        });
        response.on('end', () => resolve(Buffer.concat(chunks).toString()));
        response.on('error', reject);
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}
