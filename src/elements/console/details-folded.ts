const FOLDED_KEY = 'chat-console:details-folded';

/** Whether the details were folded away on this device. */
export function readFolded(): boolean {
  try {
    return localStorage.getItem(FOLDED_KEY) === 'yes';
  } catch {
    // Storage is blocked: shown each time.
    return false;
  }
}

/** Remembers it. */
export function writeFolded(folded: boolean): void {
  try {
    localStorage.setItem(FOLDED_KEY, folded ? 'yes' : 'no');
  } catch {
    // Storage is blocked: shown each time.
  }
}
