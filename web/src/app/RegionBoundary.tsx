import { Component, type ReactNode } from 'react';
import { words } from '../copy/words';

interface Props {
  name: string;
  children: ReactNode;
}

/** One region that cannot be drawn leaves the others standing. */
export class RegionBoundary extends Component<Props, { cause: string | undefined }> {
  override state: { cause: string | undefined } = { cause: undefined };

  static getDerivedStateFromError(error: unknown): { cause: string } {
    return { cause: error instanceof Error ? error.message : String(error) };
  }

  override render(): ReactNode {
    const { cause } = this.state;
    if (cause === undefined) return this.props.children;
    return (
      <section className="p broken" role="group" aria-label={this.props.name}>
        <p>{words.error.region(this.props.name)}</p>
        <p className="t2 s12">{words.error.cause(cause)}</p>
        <button type="button" onClick={() => this.setState({ cause: undefined })}>{words.error.retry}</button>
      </section>
    );
  }
}
