import type { Multipart, MultipartFile } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { tooLarge } from '../files/receive.ts';
import { Refusal } from '../refusal.ts';

/** What stands in a body around the file: boundaries, the part's head. */
const AROUND_BYTES = 16_384;

/**
 * Takes the one file of a form (RFC 7578), in a part called `file`.
 *
 * @param mostBytes what is larger is refused, by its head where that says so
 * @throws Refusal `bad_request` where the body is no such form, or has more in it; `too_large`
 */
export async function takeFile<Taken>(
  request: FastifyRequest,
  mostBytes: number,
  take: (part: MultipartFile) => Promise<Taken>,
): Promise<Taken> {
  try {
    if (!request.isMultipart()) {
      throw new Refusal('bad_request', 'The body must be multipart/form-data.', { status: 415 });
    }
    if (Number(request.headers['content-length']) > mostBytes + AROUND_BYTES) throw tooLarge(mostBytes);
    // One byte more than allowed: it is `receive` that says no, in its own words.
    const limits = { fileSize: mostBytes + 1, files: 1, fields: 0, parts: 1, headerPairs: 20 };
    const form = request.parts({ limits });
    const part = await next(form);
    if (part?.type !== 'file' || part.fieldname !== 'file') throw badForm();
    const taken = await take(part);
    if (await next(form)) throw badForm();
    return taken;
  } catch (error) {
    // Who is still sending hears of it only when somebody takes what they send; for how long, see patience.ts.
    request.raw.unpipe();
    request.raw.resume();
    throw error;
  }
}

/** @throws Refusal `bad_request` where it is no form, or has more in it */
async function next(form: AsyncIterator<Multipart>): Promise<Multipart | undefined> {
  try {
    const found = await form.next();
    return found.done ? undefined : found.value;
  } catch {
    throw badForm();
  }
}

function badForm(): Refusal {
  return new Refusal('bad_request', 'The form must have one part, `file`, with a file in it.', { field: '/file' });
}
