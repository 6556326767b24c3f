import { words } from '../copy/words';

export type GlyphName = keyof typeof words.glyph;

/** Severity is a shape first: octagon, triangle, diamond, dashed circle, dot, hollow square. */
const shapes: Record<GlyphName, React.ReactNode> = {
  critical: (
    <>
      <path d="M4.2 0h5.6L14 4.2v5.6L9.8 14H4.2L0 9.8V4.2z" className="fill" />
      <path d="M7 3v5M7 9.6v1.6" className="ink" strokeWidth="1.8" />
    </>
  ),
  warning: (
    <>
      <path d="M7 .6 14 13.4H0z" className="fill" />
      <path d="M7 5v4M7 10.4v1.5" className="ink" strokeWidth="1.6" />
    </>
  ),
  info: <path d="M7 1l6 6-6 6-6-6z" className="line" strokeWidth="1.5" />,
  stale: (
    <>
      <circle cx="7" cy="7" r="5.4" className="line" strokeWidth="1.5" strokeDasharray="2.6 2" />
      <path d="M7 4.2V7l2 1.4" className="line" strokeWidth="1.3" />
    </>
  ),
  normal: <circle cx="7" cy="7" r="3" className="fill" />,
  stopped: <rect x="4" y="4" width="6" height="6" className="line" strokeWidth="1.4" />,
  done: <path d="M2 7.5 5.6 11 12 3.4" className="line" strokeWidth="1.7" />,
  running: <path d="M7 1.5A5.5 5.5 0 1 1 1.5 7" className="line" strokeWidth="1.7" />,
  refused: <path d="M7 1.5a5.5 5.5 0 1 0 .01 0M3.2 3.2l7.6 7.6" className="line" strokeWidth="1.5" />,
};

/** `label` speaks the shape where no word stands beside it. */
export function Glyph({ name, label }: { name: GlyphName; label?: string }) {
  return (
    <svg className={`g g-${name}`} viewBox="0 0 14 14" role={label ? 'img' : undefined} aria-label={label} aria-hidden={label ? undefined : true}>
      {shapes[name]}
    </svg>
  );
}

export function Logo() {
  return (
    <svg className="mark" viewBox="0 0 24 24" aria-hidden="true">
      <circle cx="12" cy="12" r="10.5" className="outer" />
      <circle cx="12" cy="12" r="6" className="inner" />
      <circle cx="12" cy="12" r="2.6" className="core" />
    </svg>
  );
}

/** Three sliders: where things are set. */
export function Sliders() {
  return (
    <svg className="sliders" viewBox="0 0 16 16" aria-hidden="true">
      <path d="M1 3.5h8M13 3.5h2M1 8h2M7 8h8M1 12.5h7M12 12.5h3" />
      <circle cx="11" cy="3.5" r="1.8" />
      <circle cx="5" cy="8" r="1.8" />
      <circle cx="10" cy="12.5" r="1.8" />
    </svg>
  );
}
