import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { contentDisposition, safeName } from '../../src/files/file-name.ts';

const UNKNOWN = 'application/octet-stream';

describe('A file’s name', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['report.pdf', 'application/pdf', 'report.pdf'],
    ['../../etc/passwd', UNKNOWN, 'passwd'],
    ['C:\\Users\\ada\\bill.doc', UNKNOWN, 'bill.doc'],
    ['a\0b\r\nc.txt', 'text/plain', 'abc.txt'],
    // Right-to-left override: reads as "photoexe.jpg" where it is obeyed.
    ['photo\u202egpj.exe', UNKNOWN, 'photogpj.exe'],
    ['con', UNKNOWN, '_con'],
    ['NUL.tar.gz', UNKNOWN, '_NUL.tar.gz'],
    ['com¹.txt', 'text/plain', '_com¹.txt'],
    ['', UNKNOWN, 'file'],
    ['...', UNKNOWN, 'file'],
    ['.htaccess', UNKNOWN, 'htaccess'],
    ['a<b>:"|?*.txt', 'text/plain', 'a_b______.txt'],
    ['👩‍🔧 plan.txt', 'text/plain', '👩‍🔧 plan.txt'],
    // What is shown as a picture is saved as one.
    ['photo.exe', 'image/png', 'photo.exe.png'],
    ['photo', 'image/jpeg', 'photo.jpg'],
    ['PHOTO.JPEG', 'image/jpeg', 'PHOTO.JPEG'],
    ['e\u0301te\u0301.png', 'image/png', '\u00e9t\u00e9.png'],
  ];
  for (const [given, mediaType, safe] of cases) {
    it(`${JSON.stringify(given)} becomes ${JSON.stringify(safe)} [hostile 59]`, () => {
      assert.equal(safeName(given, mediaType), safe);
    });
  }

  it('is cut between characters when it is long, and keeps its ending [hostile 59]', () => {
    const name = safeName(`${'👩‍🔧'.repeat(100)}.pdf`, 'application/pdf');
    assert.ok(Buffer.byteLength(name) <= 180, name);
    assert.match(name, /^(👩‍🔧)+…\.pdf$/u);
    assert.equal(Buffer.byteLength(safeName('a'.repeat(300), UNKNOWN)), 180);
  });

  it('is safe whatever was given, and stays itself when it is made safe again [hostile 59]', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (given) => {
        const name = safeName(given, UNKNOWN);
        assert.ok(name !== '' && Buffer.byteLength(name) <= 180 && name.isWellFormed(), JSON.stringify(name));
        assert.doesNotMatch(name, /[/\\\p{Cc}<>:"|?*]|^\.|[. ]$/u);
        assert.equal(safeName(name, UNKNOWN), name);
      }),
      { numRuns: 2_000 },
    );
  });

  it('stands in Content-Disposition in ASCII and in UTF-8, and never ends the header [hostile 59]', () => {
    assert.equal(
      contentDisposition('attachment', `Rechnung "März" (1)'.pdf`),
      `attachment; filename="Rechnung _M_rz_ (1)'.pdf"; filename*=UTF-8''Rechnung%20%22M%C3%A4rz%22%20%281%29%27.pdf`,
    );
    assert.match(contentDisposition('inline', 'a\r\nSet-Cookie: x=1'), /^[\x20-\x7e]+$/);
  });
});
