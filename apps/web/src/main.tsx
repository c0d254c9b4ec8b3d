import './styles.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { firstLocale, showLocale } from './i18n.ts';
import { followSystemTheme } from './theme.ts';

followSystemTheme();
const root = document.getElementById('root');
if (!root) throw new Error('The page has no #root.');
await showLocale(firstLocale());
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
