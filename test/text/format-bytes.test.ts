import { expect } from '@open-wc/testing';
import { formatBytes } from '../../src/text/format-bytes.ts';

describe('formatBytes', () => {
  it('says how large a file is in the largest unit that leaves something in front of the point', () => {
    const sizes = [0, 1, 812, 1_000, 1_449, 99_949, 999_000, 999_600, 1_400_000, 26_214_400, 5_000_000_000];
    expect(sizes.map((bytes) => formatBytes(bytes, 'en'))).to.deep.equal([
      ...['0 bytes', '1 byte', '812 bytes', '1 kB', '1.4 kB', '99.9 kB', '999 kB', '1 MB', '1.4 MB', '26.2 MB', '5 GB'],
    ]);
  });

  it('says it in the reader’s language', () => {
    expect(formatBytes(1_400_000, 'de')).to.equal('1,4 MB');
  });
});
