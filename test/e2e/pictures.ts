import type { Page } from './page.ts';

/** Chooses a picture of so many pixels, as the browser's own dialog would: no driver can open that in every engine. */
export function choosePicture(page: Page, picture: { name: string; width: number; height: number }): Promise<boolean> {
  return page.evaluate(async ({ name, width, height }) => {
    const inputs = (root: Document | ShadowRoot): HTMLInputElement[] =>
      [...root.querySelectorAll('*')].flatMap((element) => [
        ...(element.matches('input[type=file]') ? [element as HTMLInputElement] : []),
        ...(element.shadowRoot ? inputs(element.shadowRoot) : []),
      ]);
    const [input] = inputs(document);
    const canvas = Object.assign(document.createElement('canvas'), { width, height });
    canvas.getContext('2d')?.fillRect(0, 0, width, height);
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
    if (!input || !blob) return false;
    const data = new DataTransfer();
    data.items.add(new File([blob], name, { type: 'image/png' }));
    input.files = data.files;
    input.dispatchEvent(new Event('change', { bubbles: true }));
    return true;
  }, picture);
}

/** Chooses a short text of this name likewise. */
export function chooseText(page: Page, name: string): Promise<boolean> {
  return page.evaluate((file) => {
    const inputs = (root: Document | ShadowRoot): HTMLInputElement[] =>
      [...root.querySelectorAll('*')].flatMap((element) => [
        ...(element.matches('input[type=file]') ? [element as HTMLInputElement] : []),
        ...(element.shadowRoot ? inputs(element.shadowRoot) : []),
      ]);
    const [input] = inputs(document);
    if (!input) return false;
    const data = new DataTransfer();
    data.items.add(new File(['Hello'], file, { type: 'text/plain' }));
    input.files = data.files;
    input.dispatchEvent(new Event('change', { bubbles: true }));
    return true;
  }, name);
}
