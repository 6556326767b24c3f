import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '../design/tokens.css';
import '../design/fonts.css';
import '../design/base.css';
import '../design/shell.css';
import '../design/parts.css';
import '../design/problems.css';
import '../design/modes.css';
import { wear } from '../features/modes/mode';
import { useUiStore } from '../stores/uiStore';
import { App } from './App';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
// Before anything is drawn, so that nobody sees another mode first.
wear(useUiStore.getState().mode);
useUiStore.subscribe((state, before) => {
  if (state.mode !== before.mode) wear(state.mode);
});
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
