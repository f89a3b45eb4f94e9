/**
 * Keeps the page from scrolling behind something that covers it. The function that it gives back undoes that: the page
 * stands where it stood, and what it has set itself meanwhile stays.
 */
export function lockPage(): () => void {
  const root = document.documentElement;
  const { style } = root;
  const { scrollX: left, scrollY: top } = window;
  const address = location.href;
  const before = style.getPropertyValue('overflow');
  const priority = style.getPropertyPriority('overflow');
  const hadStyle = root.hasAttribute('style');
  style.setProperty('overflow', 'hidden', 'important');
  return () => {
    if (style.getPropertyValue('overflow') === 'hidden') style.setProperty('overflow', before, priority);
    if (!hadStyle && !root.getAttribute('style')) root.removeAttribute('style');
    // iOS moves the page to where the keyboard wants it. Another page has a place of its own.
    if (location.href === address && (scrollX !== left || scrollY !== top))
      scrollTo({ left, top, behavior: 'instant' });
  };
}
