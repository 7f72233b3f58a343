/**
 * Draws the parts of the page again every two seconds, unless the page is hidden or somebody paused it. A part in which
 * the keyboard's focus or a selection is stays as it is: nothing is taken from under a reader's hands.
 */
export const script = `
'use strict';
(() => {
  const live = document.getElementById('live');
  const pause = document.getElementById('pause');
  const shown = new Map();
  let paused = false;

  const inUse = (element) =>
    element.contains(document.activeElement) ||
    (!getSelection().isCollapsed && getSelection().containsNode(element, true));

  const draw = (parts) => {
    for (const [id, text] of Object.entries(parts)) {
      const element = document.getElementById(id);
      if (!element || shown.get(id) === text || inUse(element)) continue;
      element.innerHTML = text;
      shown.set(id, text);
    }
  };

  const say = (text) => {
    if (live.textContent !== text) live.textContent = text;
  };

  const refresh = async () => {
    if (paused || document.hidden) return;
    try {
      const response = await fetch('/emulator/page', { headers: { accept: 'application/json' } });
      if (!response.ok) throw new Error(response.statusText);
      draw(await response.json());
      say('Live');
    } catch {
      say('The org does not answer');
    }
  };

  pause.hidden = false;
  pause.addEventListener('click', () => {
    paused = !paused;
    pause.setAttribute('aria-pressed', String(paused));
    say(paused ? 'Paused' : 'Live');
  });
  say('Live');
  setInterval(refresh, 2000);
})();
`;
