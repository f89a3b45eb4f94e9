/**
 * Loaded before a server (`node --import`): its clock is off by as many ms as stand in the file `CLOCK_FILE`, which may
 * change while it runs.
 */
import { readFileSync } from 'node:fs';

const RealDate = Date;
const file = process.env['CLOCK_FILE'];
let offset = 0;

function read() {
  const text = file ? readFileSync(file, 'utf8') : '';
  // Looked at while it is written it may be empty.
  if (text !== '') offset = Number(text);
}

class MovedDate extends RealDate {
  /** @param {[]} given */
  constructor(...given) {
    if (given.length > 0) super(...given);
    else super(MovedDate.now());
  }

  /** @override */
  static now() {
    return RealDate.now() + offset;
  }
}

read();
setInterval(read, 20).unref();
globalThis.Date = /** @type {DateConstructor} */ (/** @type {unknown} */ (MovedDate));
