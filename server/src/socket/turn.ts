import type { Socket } from 'node:net';

let turn = 0;
let isUnderWay = false;
/** What they write in this turn leaves at its end. */
const held: Socket[] = [];

/**
 * The turn of the event loop that is under way. It ends when all that it has woken has run: everything that one commit
 * acknowledges is told in one turn.
 */
export function currentTurn(): number {
  if (!isUnderWay) {
    isUnderWay = true;
    process.nextTick(endTurn);
  }
  return turn;
}

/**
 * Holds back what is written to this socket until the turn ends; then all of it leaves in one system call. An agent hears
 * of every message of a commit: for each to leave by itself costs more than to make it.
 */
export function holdForTurn(wire: Socket): void {
  if (wire.writableCorked > 0) return;
  wire.cork();
  held.push(wire);
}

function endTurn(): void {
  turn += 1;
  isUnderWay = false;
  for (const wire of held.splice(0)) wire.uncork();
}
