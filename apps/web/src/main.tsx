import './styles.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { currentRoom } from './features/room/current-room.ts';
import { firstLocale, showLocale } from './i18n.ts';
import { followSystemTheme, readStored, writeStored } from './theme.ts';

/** Which page was reloaded already, so that a broken build is not asked for again and again. */
const RELOADED = 'salotto.reloaded';

followSystemTheme();
// A part of the app that the server no longer has: a newer build is there. A page that is in a room is left alone.
window.addEventListener('vite:preloadError', (event) => {
  if (currentRoom.get() !== null || readStored(RELOADED) === document.lastModified) return;
  event.preventDefault();
  writeStored(RELOADED, document.lastModified);
  location.reload();
});
const root = document.getElementById('root');
if (!root) throw new Error('The page has no #root.');
await showLocale(firstLocale());
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
