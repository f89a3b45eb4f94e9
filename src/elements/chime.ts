/** Two soft tones, Hz, and when each begins, s. */
const TONES = [
  [660, 0],
  [880, 0.11],
] as const;
const LOUDNESS = 0.07;
const LENGTH_S = 0.32;

let context: AudioContext | undefined;
/** Tones that are being played. */
let playing = 0;

/** A browser lets a page make sounds once somebody has used it; a tab that nobody has touched leaves it to the others. */
export function mayChime(): boolean {
  const { userActivation } = navigator as { readonly userActivation?: UserActivation };
  return 'AudioContext' in window && userActivation?.hasBeenActive !== false;
}

/** Two soft tones, made here: nothing is loaded. Silent where the browser or the device does not allow it. */
export function chime(): void {
  try {
    // What could not be played then is not played now.
    if (playing && context?.state !== 'running') forget();
    context ??= new AudioContext();
    context.resume().catch(forget);
    for (const [pitch, after] of TONES) playTone(context, pitch, context.currentTime + after);
  } catch {
    // A page without sounds is none the worse.
  }
}

function forget(): void {
  context?.close().catch(() => {});
  context = undefined;
  playing = 0;
}

function playTone(device: AudioContext, pitch: number, at: number): void {
  const tone = new OscillatorNode(device, { frequency: pitch });
  const volume = new GainNode(device, { gain: 0 });
  volume.gain.setValueAtTime(0, at);
  volume.gain.linearRampToValueAtTime(LOUDNESS, at + 0.015);
  volume.gain.exponentialRampToValueAtTime(0.0001, at + LENGTH_S);
  tone.connect(volume).connect(device.destination);
  playing++;
  tone.onended = () => {
    // A device that plays nothing may rest.
    if (device === context && --playing === 0) device.suspend().catch(forget);
  };
  tone.start(at);
  tone.stop(at + LENGTH_S);
}
