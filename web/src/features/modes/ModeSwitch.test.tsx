import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { useUiStore } from '../../stores/uiStore';
import { ModeRadios } from './ModeSwitch';
import { wear } from './mode';

beforeEach(() => useUiStore.setState({ mode: 'jarvis' }));
afterEach(() => {
  cleanup();
  localStorage.clear();
});

const radio = (name: string) => screen.getByRole('radio', { name });

describe('the mode switch', () => {
  it('is one tab stop, in which the arrows choose and go round', () => {
    render(<ModeRadios />);
    expect(screen.getAllByRole('radio').map((one) => one.tabIndex)).toEqual([0, -1, -1]);
    radio('JARVIS').focus();
    fireEvent.keyDown(radio('JARVIS'), { key: 'ArrowLeft' });
    expect(document.activeElement).toBe(radio('MINIMAL'));
    expect(radio('MINIMAL').getAttribute('aria-checked')).toBe('true');
    expect(localStorage.getItem('jarvis.mode')).toBe('minimal');
  });
  it('leaves the browser’s chords alone', () => {
    render(<ModeRadios />);
    fireEvent.keyDown(radio('JARVIS'), { key: 'ArrowRight', altKey: true });
    expect(useUiStore.getState().mode).toBe('jarvis');
  });
  it('colours the page, and the browser’s own frame with it', () => {
    document.head.append(Object.assign(document.createElement('meta'), { name: 'theme-color' }));
    wear('ops');
    expect(document.documentElement.dataset['mode']).toBe('ops');
    expect(document.querySelector<HTMLMetaElement>('meta[name="theme-color"]')?.content).toBe('#11100e');
  });
});
