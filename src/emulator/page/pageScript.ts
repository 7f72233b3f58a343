/**
 * Redraws the parts of the page every two seconds, unless the page is hidden or paused. A part with the keyboard's
 * focus or a selection is not redrawn, so a reader is not disturbed. The results of a search are drawn during typing.
 */
export const script = `
'use strict';
(() => {
  const byId = (id) => document.getElementById(id);
  const live = byId('live');
  const pause = byId('pause');
  const field = byId('member');
  const shown = new Map();
  let paused = false;
  let asked = 0;
  let typing;

  const inUse = (element) =>
    element.contains(document.activeElement) ||
    (!getSelection().isCollapsed && getSelection().containsNode(element, true));

  const replace = (element, text) => {
    const open = [...element.querySelectorAll('details[open]')].map(({ id }) => id);
    element.innerHTML = text;
    for (const id of open) if (byId(id)) byId(id).open = true;
  };

  const draw = (parts) => {
    for (const [id, text] of Object.entries(parts)) {
      const element = byId(id);
      if (!element || shown.get(id) === text || inUse(element)) continue;
      replace(element, text);
      shown.set(id, text);
    }
  };

  const say = (text) => {
    if (live.textContent !== text) live.textContent = text;
  };

  const query = () => (field.value.trim() === '' ? '' : '?member=' + encodeURIComponent(field.value.trim()));

  const refresh = async () => {
    const turn = ++asked;
    try {
      const response = await fetch('/emulator/page' + query(), { headers: { accept: 'application/json' } });
      if (!response.ok) throw new Error(response.statusText);
      const parts = await response.json();
      // The search text has changed in the meantime.
      if (turn !== asked) return;
      draw(parts);
      say(paused ? 'Paused' : 'Live');
    } catch {
      if (turn === asked) say('The org does not answer');
    }
  };

  const search = () => {
    history.replaceState(null, '', '/' + query());
    return refresh();
  };

  field.addEventListener('input', () => {
    clearTimeout(typing);
    typing = setTimeout(search, 200);
  });
  byId('search').addEventListener('submit', (event) => {
    event.preventDefault();
    clearTimeout(typing);
    search();
  });

  const copy = async (button) => {
    const code = button.closest('.command').querySelector('code');
    try {
      await navigator.clipboard.writeText(code.textContent.trim());
      button.textContent = 'Copied';
    } catch {
      // The browser does not allow copying, so the text is selected for copying by hand.
      getSelection().selectAllChildren(code);
      button.textContent = 'Selected';
    }
    setTimeout(() => (button.textContent = 'Copy'), 2000);
  };
  document.addEventListener('click', ({ target }) => {
    if (target.matches('.copy')) copy(target);
  });

  document.documentElement.className = 'scripted';
  if (matchMedia('(max-width: 40rem)').matches) {
    for (const fold of document.querySelectorAll('details.fold')) fold.open = false;
  }
  pause.hidden = false;
  pause.addEventListener('click', () => {
    paused = !paused;
    pause.setAttribute('aria-pressed', String(paused));
    say(paused ? 'Paused' : 'Live');
  });
  say('Live');
  setInterval(() => {
    if (!paused && !document.hidden) refresh();
  }, 2000);
})();
`;
