/** Offers a text to the visitor as a download. */
export function saveFile(name: string, mediaType: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: mediaType }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // Safari reads it in a later task.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
