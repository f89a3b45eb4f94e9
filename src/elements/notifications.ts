/**
 * A page can show notifications here. Chromium on Android has the class, and its constructor throws whatever the visitor
 * has allowed (crbug.com/481856); of browsers on Android it alone has `userAgentData`.
 */
export function canNotify(): boolean {
  const { userAgentData } = navigator as Navigator & { userAgentData?: { readonly platform: string } };
  return 'Notification' in window && userAgentData?.platform !== 'Android';
}

/** The browser's notifications are allowed here. */
export function mayNotify(): boolean {
  return canNotify() && Notification.permission === 'granted';
}

/** Asks the browser, who asks the visitor once: only after a click. Resolves with whether they are allowed now; never rejects. */
export async function askToNotify(): Promise<boolean> {
  try {
    return (await Notification.requestPermission()) === 'granted';
  } catch {
    return false;
  }
}
