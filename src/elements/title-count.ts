/** A page that sets its title again and again is followed no faster than this, ms. */
const FOLLOW_MS = 100;

/** Of each widget of the page. */
const counts = new Map<object, number>();
/** The page's own title, while ours is shown. */
let own: string | undefined;
let shown = '';
let following: ReturnType<typeof setTimeout> | undefined;
let observer: MutationObserver | undefined;

/**
 * Shows how much is unread before the title of the page: `(2) A shop`. What the page itself makes of its title is kept.
 *
 * @param owner whose number it is: all of them are added up
 * @param count 0: nothing is
 */
export function countInTitle(owner: object, count: number): void {
  if (count) counts.set(owner, count);
  else counts.delete(owner);
  if (counts.size) show();
  else rest();
}

function show(): void {
  own ??= document.title;
  const count = [...counts.values()].reduce((sum, each) => sum + each, 0);
  document.title = `(${count > 99 ? '99+' : count}) ${own}`;
  // As the browser keeps it: white space is collapsed.
  shown = document.title;
  observer ??= new MutationObserver(() => (following ??= setTimeout(follow, FOLLOW_MS)));
  observer.observe(document.head, { subtree: true, childList: true, characterData: true });
}

/** The page may have given itself another title. */
function follow(): void {
  following = undefined;
  if (own === undefined || document.title === shown) return;
  own = document.title;
  show();
}

function rest(): void {
  observer?.disconnect();
  clearTimeout(following);
  following = undefined;
  if (own !== undefined && document.title === shown) document.title = own;
  own = undefined;
}
