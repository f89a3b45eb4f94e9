/** A round button with an icon: as much as has to be on screen. */
export const LAUNCHER_STYLE = `button{all:unset;position:fixed;inset-block-end:20px;inset-inline-end:20px;width:56px;height:56px;
border-radius:50%;background:#4364df;color:#fff;display:grid;place-items:center;cursor:pointer;box-shadow:0 8px 24px -4px #0006}
button:focus-visible{outline:2px solid #4364df;outline-offset:2px}svg{width:30px;height:30px}`;

export const launcherMarkup =
  '<button type="button" aria-label="Open chat"><svg viewBox="0 0 24 24" fill="currentColor"><path d="M4 4h16a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2h-8l-5 4v-4H4a2 2 0 0 1-2-2V6c0-1 1-2 2-2z"/></svg></button>';
