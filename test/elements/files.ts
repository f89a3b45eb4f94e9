/** Files as a person has them, for element tests. */
import type { ChatWidget } from '../../src/elements/chat-widget.ts';
import { all, find } from './console/screen.ts';

/** A picture that every engine decodes, drawn here. */
export async function drawn(name: string, width = 320, height = 200): Promise<File> {
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width, height });
  const context = canvas.getContext('2d')!;
  context.fillStyle = '#c60';
  context.fillRect(0, 0, width, height);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  return new File([blob!], name, { type: 'image/png' });
}

export const written = (name: string, text: string): File => new File([text], name, { type: 'text/plain' });

/** @param texts what stands beside them, by its type */
function transfer(files: readonly File[], texts: Readonly<Record<string, string>> = {}): DataTransfer {
  const data = new DataTransfer();
  for (const [type, text] of Object.entries(texts)) data.setData(type, text);
  for (const file of files) data.items.add(file);
  return data;
}

/** Chooses files, as the browser's own dialog would. */
export async function choose(root: HTMLElement, ...files: File[]): Promise<void> {
  await find(root, 'button', 'Attach files');
  const input = all<HTMLInputElement>(root.shadowRoot!, 'input[type=file]')[0];
  input.files = transfer(files).files;
  input.dispatchEvent(new Event('change', { bubbles: true }));
}

/** Pastes files into the field one writes in. */
export async function paste(widget: ChatWidget, ...files: File[]): Promise<void> {
  await pasteWith(widget, {}, ...files);
}

/** Pastes files with texts beside them, by their types. Resolves with whether the texts are left to the browser. */
export async function pasteWith(
  widget: ChatWidget,
  texts: Readonly<Record<string, string>>,
  ...files: File[]
): Promise<boolean> {
  const box = await find(widget, 'textarea');
  const event = new ClipboardEvent('paste', { bubbles: true, composed: true, cancelable: true });
  // Firefox takes no clipboardData from a page.
  Object.defineProperty(event, 'clipboardData', { value: transfer(files, texts) });
  return box.dispatchEvent(event);
}

/** Moves files over an element, or drops them there. */
export function drag(over: HTMLElement, type: 'dragenter' | 'drop' | 'dragleave', ...files: File[]): void {
  dragWith(over, type, {}, ...files);
}

/** The same with texts beside the files, by their types. */
export function dragWith(
  over: HTMLElement,
  type: 'dragenter' | 'drop' | 'dragleave',
  texts: Readonly<Record<string, string>>,
  ...files: File[]
): void {
  const event = new DragEvent(type, { bubbles: true, composed: true, cancelable: true });
  Object.defineProperty(event, 'dataTransfer', { value: transfer(files, texts) });
  over.dispatchEvent(event);
}
