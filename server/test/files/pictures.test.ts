import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import sharp from 'sharp';
import { sniff } from '../../src/files/sniff.ts';
import { pictureWarnings } from '../../src/files/strip.ts';
import type { Attachment } from '../../../src/api/protocol.ts';
import { chunk, png, uploadTo } from '../support/files.ts';
import { uuid } from '../support/ids.ts';
import { patchInbox } from '../support/inbox.ts';
import type { InboxAnswer } from '../support/inbox.ts';
import { startServer } from '../support/server.ts';
import type { TestServer } from '../support/server.ts';

const folder = mkdtempSync(join(tmpdir(), 'chat-pictures-test-'));
after(() => rmSync(folder, { recursive: true, force: true }));

let count = 0;
async function kindOf(content: Uint8Array | string) {
  const path = join(folder, String(count++));
  writeFileSync(path, content);
  return sniff(path);
}

/** A photo as a phone makes it: on its side, with the place where it was taken. */
function photo(format: 'jpeg' | 'png' | 'webp' | 'avif' = 'jpeg'): Promise<Buffer> {
  return sharp({ create: { width: 60, height: 40, channels: 3, background: '#c60' } })
    .withExif({
      IFD0: { Make: 'Phone of Ada', Orientation: '6' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '52/1 31/1 12/1' },
    })
    .withMetadata({ orientation: 6 })
    .withXmp(XMP)
    .toFormat(format)
    .toBuffer();
}

describe('What a picture is', () => {
  it('says how large it is, as it is shown: a photo on its side is turned', async () => {
    assert.deepEqual(await kindOf(png(12, 7)), { mediaType: 'image/png', width: 12, height: 7 });
    assert.deepEqual(await kindOf(await photo()), { mediaType: 'image/jpeg', width: 40, height: 60 });
    const plain = sharp({ create: { width: 60, height: 40, channels: 3, background: '#c60' } });
    for (const [format, mediaType] of [
      ['webp', 'image/webp'],
      ['gif', 'image/gif'],
      ['avif', 'image/avif'],
    ] as const) {
      assert.deepEqual(await kindOf(await plain.clone().toFormat(format).toBuffer()), {
        mediaType,
        width: 60,
        height: 40,
      });
    }
  });

  it('that does not say how large it is, is nothing that anybody should show [hostile 60]', async () => {
    assert.deepEqual(await kindOf(Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 1, 2, 3])), {
      mediaType: 'application/octet-stream',
    });
  });

  it('with more pixels than anybody should decode is refused, in every format [hostile 60]', async () => {
    const bombs = {
      png: png(30_000, 30_000, 1),
      'png, one long side': png(20_000, 10, 1),
      gif: Buffer.concat([Buffer.from('GIF89a'), Buffer.from([0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0x2c])]),
      jpeg: Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 2, 0xff, 0xc0, 0, 11, 8, 0xff, 0xff, 0xff, 0xff, 1, 1, 0x11, 0]),
    };
    for (const [name, content] of Object.entries(bombs)) {
      await assert.rejects(kindOf(content), /megapixels/, name);
    }
  });

  it('and texts are told from bytes, by what stands in them', async () => {
    const kinds = [
      ['plain words,\n\tand more', 'text/plain'],
      ['größer, 日本', 'text/plain'],
      ['{"a": 1}', 'text/plain'],
      [Buffer.from([0xc3]), 'text/plain'],
      [Buffer.from([0xff, 0x41]), 'application/octet-stream'],
      ['a\0b', 'application/octet-stream'],
      ['<!-- x --><svg/onload=alert(1)>', 'image/svg+xml'],
      ['\n<SCRIPT>', 'text/html'],
      ['<?xml version="1.0"?><feed/>', 'application/xml'],
    ] as const;
    for (const [content, mediaType] of kinds) {
      assert.equal((await kindOf(content)).mediaType, mediaType, String(content));
    }
  });
});

const XMP = '<x:xmpmeta xmlns:x="adobe:ns:meta/">Place of Ada</x:xmpmeta>';

describe('A picture’s place and camera', () => {
  let server: TestServer;
  let token: string;
  before(async () => {
    server = await startServer();
    ({ token } = await server.session());
  });
  after(() => server.close());

  const clean = (stripPictures: boolean) => patchInbox(server, { behaviour: { stripPictures } });
  const send = (content: Uint8Array) => uploadTo(server, uuid(), { name: 'photo', content, token });

  async function stored(content: Uint8Array): Promise<{ attachment: Attachment; bytes: Buffer }> {
    const { body, status } = await send(content);
    assert.equal(status, 201, JSON.stringify(body));
    const answer = await fetch(server.url + body.url);
    const bytes = Buffer.from(await answer.arrayBuffer());
    assert.equal(body.bytes, bytes.length);
    return { attachment: body, bytes };
  }

  function assertClean(bytes: Buffer, format: string): void {
    for (const secret of ['Phone of Ada', 'Place of Ada']) assert.ok(!bytes.includes(secret), `${format}: ${secret}`);
  }

  it('stay where the inbox does not mind', async () => {
    await clean(false);
    const original = await photo();
    const { bytes } = await stored(original);
    assert.ok(bytes.equals(original));
    assert.ok((await sharp(bytes).metadata()).exif);
  });

  it('are taken out where the inbox says so, with the picture as it was [hostile 60]', async () => {
    await clean(true);
    for (const format of ['jpeg', 'png', 'webp'] as const) {
      const { attachment, bytes } = await stored(await photo(format));
      assertClean(bytes, format);
      const { exif, xmp, width, height, orientation = 1 } = await sharp(bytes).metadata();
      assert.deepEqual([exif, xmp], [undefined, undefined], format);
      assert.deepEqual([width, height, orientation], [attachment.width, attachment.height, 1], format);
      assert.equal(attachment.mediaType, `image/${format}`);
      assert.deepEqual([width, height], [40, 60], `${format} is turned`);
    }
  });

  it('are taken out of AVIF and HEIC, whose pixels stay as they are', async () => {
    await clean(true);
    const avif = await photo('avif');
    assert.ok(avif.includes('Phone of Ada') && avif.includes('Place of Ada'));
    const { data: pixels } = await sharp(avif).raw().toBuffer({ resolveWithObject: true });
    // As a phone names it; what is in it counts for nothing here.
    for (const brand of ['avif', 'heic', 'heix', 'mif1']) {
      const picture = Buffer.from(avif);
      picture.write(brand, 8, 'latin1');
      const { bytes } = await stored(picture);
      assertClean(bytes, brand);
      bytes.write('avif', 8, 'latin1');
      assert.ok((await sharp(bytes).raw().toBuffer()).equals(pixels), brand);
      assert.equal(bytes.length, avif.length);
    }
  });

  it('are taken out of every page of a TIFF', async () => {
    await clean(true);
    for (const isLittle of [true, false]) {
      const original = tiff(isLittle);
      assert.equal(original.toString('latin1').split('Phone of Ada').length, 3, 'on both pages');
      const { attachment, bytes } = await stored(original);
      assert.equal(attachment.mediaType, 'image/tiff');
      assertClean(bytes, 'tiff');
      assert.equal((await sharp(bytes, { pages: -1 }).metadata()).pages, 2);
      for (const page of [0, 1]) {
        const [now, then] = [bytes, original].map((each) => sharp(each, { page }).raw().toBuffer());
        assert.ok((await now)?.equals((await then) ?? assert.fail()), `page ${page}`);
      }
    }
  });

  it('and what else is said in moving pictures is taken out, and they still move', async () => {
    await clean(true);
    const frames = Buffer.concat([Buffer.alloc(8 * 8 * 3, 0x20), Buffer.alloc(8 * 8 * 3, 0xd0)]);
    const raw = { width: 8, height: 16, channels: 3, pageHeight: 8 } as const;
    const still = await sharp(frames, { raw })
      .gif({ loop: 3, delay: [200, 300] })
      .toBuffer();
    const block = (label: number, ...parts: readonly string[]): Buffer =>
      Buffer.concat([
        Buffer.of(0x21, label),
        ...parts.flatMap((part) => [Buffer.of(part.length), Buffer.from(part)]),
        Buffer.of(0),
      ]);
    const first = still.indexOf(Buffer.of(0x21, 0xff));
    const gif = Buffer.concat([
      still.subarray(0, first),
      block(0xfe, 'Phone of Ada'),
      block(0xff, 'XMP DataXMP', XMP),
      still.subarray(first),
      Buffer.from('Place of Ada'),
    ]);
    const { bytes } = await stored(gif);
    assertClean(bytes, 'gif');
    const { pages, loop, delay } = await sharp(bytes).metadata();
    assert.deepEqual([pages, loop, delay], [2, 3, [200, 300]]);
    assert.ok(
      (await sharp(bytes, { pages: -1 }).raw().toBuffer()).equals(await sharp(gif, { pages: -1 }).raw().toBuffer()),
    );

    const plain = png(4, 4);
    const moving = Buffer.concat([
      plain.subarray(0, 33),
      chunk('acTL', Buffer.of(0, 0, 0, 1, 0, 0, 0, 0)),
      chunk('tEXt', Buffer.from('Model\0Phone of Ada')),
      chunk('eXIf', Buffer.from('MM\0*Place of Ada')),
      plain.subarray(33),
    ]);
    const apng = await stored(moving);
    assertClean(apng.bytes, 'apng');
    assert.ok(apng.bytes.includes('acTL'));
    assert.deepEqual([apng.attachment.width, apng.attachment.height], [4, 4]);
    assert.ok((await sharp(apng.bytes).raw().toBuffer()).equals(await sharp(plain).raw().toBuffer()));
  });

  it('are taken out also where they stand before everything else, a megabyte of them', async () => {
    await clean(true);
    const picture = await photo();
    const note = Buffer.alloc(65_533, 'Phone of Ada ');
    const notes = Array.from({ length: 20 }, () => [Buffer.of(0xff, 0xe1, 0xff, 0xff), note]).flat();
    const { attachment, bytes } = await stored(Buffer.concat([picture.subarray(0, 2), ...notes, picture.subarray(2)]));
    assertClean(bytes, 'jpeg');
    assert.deepEqual([attachment.mediaType, attachment.width, attachment.height], ['image/jpeg', 40, 60]);
  });

  it('never stay in what cannot be cleaned: it is refused, and so is what is broken', async () => {
    await clean(true);
    const raw = Buffer.concat([Buffer.from('II*\0\x10\0\0\0CR\x02\0'), Buffer.alloc(64)]);
    const jxl = Buffer.concat([Buffer.from([0xff, 0x0a]), Buffer.alloc(64, 1)]);
    for (const content of [raw, jxl]) {
      const { status, body } = await send(content);
      assert.deepEqual([status, body.error?.code, body.error?.field], [400, 'bad_request', '/file/kind']);
    }
    const heic = await photo('avif');
    heic.write('heic', 8, 'latin1');
    const trap = tiff(true);
    // The camera's name stands far beyond the end.
    trap.writeUInt32LE(0x7fff_ffff, trap.readUInt32LE(4) + 2 + 5 * 12 + 8);
    for (const content of [(await photo()).subarray(0, 400), heic.subarray(0, 300), trap]) {
      const { status } = await send(content);
      assert.equal(status, 400);
    }
    // What is no picture, or nothing that a camera makes, is left as it is.
    for (const content of ['words', '<svg xmlns="http://www.w3.org/2000/svg"/>']) {
      assert.equal((await stored(Buffer.from(content))).bytes.toString(), content);
    }
  });

  it('cost pictures their way without sharp, and the settings say so', async () => {
    const on = { behaviour: { stripPictures: true } };
    assert.deepEqual(
      pictureWarnings(on, () => false),
      [
        {
          field: '/settings/behaviour/stripPictures',
          message: 'JPEG, PNG and WebP pictures are refused: the package sharp is not installed on the server.',
        },
      ],
    );
    assert.deepEqual(
      pictureWarnings(on, () => true),
      [],
    );
    assert.deepEqual(
      pictureWarnings({ behaviour: { stripPictures: false } }, () => false),
      [],
    );
    const { body } = await clean(true);
    assert.ok(!(body satisfies InboxAnswer).warnings.some(({ field }) => field.endsWith('stripPictures')));
  });
});

/** A real TIFF of two grey pages, each with a camera, a place and XMP. */
function tiff(isLittle: boolean): Buffer {
  const bytes = Buffer.alloc(2_048);
  const [short, long] = isLittle
    ? [bytes.writeUInt16LE.bind(bytes), bytes.writeUInt32LE.bind(bytes)]
    : [bytes.writeUInt16BE.bind(bytes), bytes.writeUInt32BE.bind(bytes)];
  let free = 8;
  const put = (content: Buffer): number => {
    const at = free;
    content.copy(bytes, at);
    free += content.length + (content.length % 2);
    return at;
  };
  /** Tag, type, count, value. */
  const directory = (entries: readonly (readonly [number, number, number, number])[]): number => {
    const at = put(Buffer.alloc(2 + entries.length * 12 + 4));
    short(entries.length, at);
    for (const [index, [tag, type, count, value]] of entries.entries()) {
      const entry = at + 2 + index * 12;
      short(tag, entry);
      short(type, entry + 2);
      long(count, entry + 4);
      if (type === 3 && count === 1) short(value, entry + 8);
      else long(value, entry + 8);
    }
    return at;
  };
  const words = (text: string): readonly [number, number] => [text.length + 1, put(Buffer.from(`${text}\0`))];
  const page = (shade: number): number => {
    const pixels = put(Buffer.alloc(16, shade));
    const gps = directory([[29, 2, ...words('Place of Ada')]]);
    const exif = directory([
      [0x9003, 2, ...words('Place of Ada, at noon')],
      [34_853, 4, 1, gps],
    ]);
    return directory([
      [256, 3, 1, 4],
      [257, 3, 1, 4],
      [258, 3, 1, 8],
      [259, 3, 1, 1],
      [262, 3, 1, 1],
      [271, 2, ...words('Phone of Ada')],
      [273, 4, 1, pixels],
      [277, 3, 1, 1],
      [278, 3, 1, 4],
      [279, 4, 1, 16],
      [700, 1, ...words(XMP)],
      [34_665, 4, 1, exif],
      [34_853, 4, 1, gps],
    ]);
  };
  const [first, second] = [page(0x40), page(0xc0)];
  bytes.write(isLittle ? 'II' : 'MM', 0, 'latin1');
  short(42, 2);
  long(first, 4);
  long(second, first + 2 + 13 * 12);
  return bytes.subarray(0, free);
}
