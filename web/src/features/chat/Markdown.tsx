import { createElement, memo, useMemo, useState } from 'react';
import { announcePolitely } from '../../a11y/announcer';
import { chatWords as say } from '../../copy/chatWords';
import { words } from '../../copy/words';
import { written } from '../../design/CopyText';
import type { Inline } from './inline';
import { cutBlocks, parse, type Block, type ListItem } from './markdown';
import { SafeLink } from './SafeLink';

interface MarkdownProps {
  text: string;
  /** Whether more of it may come: then what is not complete stands there as it is. */
  live: boolean;
}

/** Words of a model, drawn as elements of this page: there is no way from its text to markup. */
export function Markdown({ text, live }: MarkdownProps) {
  const { complete, live: rest } = useMemo(() => cutBlocks(text), [text]);
  return (
    <div className="md" dir="auto">
      {complete.map((source, at) => <Source key={at} source={source} />)}
      {rest.trim() !== '' && (live ? <p className="md-live">{rest}</p> : <Source source={rest} />)}
    </div>
  );
}

/** Complete, so it is parsed once. */
const Source = memo(function Source({ source }: { source: string }) {
  const blocks = useMemo(() => parse(source), [source]);
  return <>{blocks.map((block, at) => <Drawn key={at} block={block} />)}</>;
});

function Drawn({ block }: { block: Block }) {
  switch (block.is) {
    case 'paragraph':
      return <p><Words of={block.of} /></p>;
    case 'heading':
      // Below the headings of the page and of the panel.
      return createElement(`h${String(Math.min(6, block.level + 3))}`, null, <Words of={block.of} />);
    case 'rule':
      return <hr />;
    case 'quote':
      return <blockquote>{block.of.map((inner, at) => <Drawn key={at} block={inner} />)}</blockquote>;
    case 'code':
      return <Code language={block.language} text={block.text} />;
    case 'list':
      return block.start === undefined ? <ul><Items items={block.items} /></ul> : <ol start={block.start}><Items items={block.items} /></ol>;
    case 'table':
      return <Table block={block} />;
  }
}

function Items({ items }: { items: readonly ListItem[] }) {
  return items.map(({ ticked, of, below }, at) => (
    <li key={at} className={ticked === undefined ? undefined : 'box'}>
      {ticked !== undefined && <span aria-hidden="true">{ticked ? '☑ ' : '☐ '}</span>}
      <Words of={of} />
      {below.map((inner, n) => <Drawn key={n} block={inner} />)}
    </li>
  ));
}

function Table({ block }: { block: Extract<Block, { is: 'table' }> }) {
  const side = (n: number) => (block.right[n] ? 'm right' : undefined);
  return (
    <div className="md-table scroll" tabIndex={0} role="group">
      <table>
        <thead><tr>{block.head.map((cell, n) => <th key={n} scope="col" className={side(n)}><Words of={cell} /></th>)}</tr></thead>
        <tbody>{block.rows.map((row, at) => <tr key={at}>{row.map((cell, n) => <td key={n} className={side(n)}><Words of={cell} /></td>)}</tr>)}</tbody>
      </table>
    </div>
  );
}

function Words({ of }: { of: readonly Inline[] }) {
  return of.map((node, at) => {
    if (typeof node === 'string') return <span key={at}>{node}</span>;
    switch (node.is) {
      case 'code':
        return <code key={at}>{node.text}</code>;
      case 'picture':
        return <span key={at} className="md-picture">{say.picture(node.alt)}</span>;
      case 'link':
        return <SafeLink key={at} href={node.href}><Words of={node.of} /></SafeLink>;
      case 'strong':
        return <strong key={at}><Words of={node.of} /></strong>;
      case 'em':
        return <em key={at}><Words of={node.of} /></em>;
      case 'del':
        return <del key={at}><Words of={node.of} /></del>;
    }
  });
}

/** Lines to be taken along; nothing here runs them. */
function Code({ language, text }: { language: string; text: string }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    const done = await written(text);
    setCopied(done);
    announcePolitely(done ? words.copy.copied : words.copy.selected);
  };
  return (
    <figure className="md-code">
      <figcaption>
        <span className="t3 m s12">{language === '' ? say.code.plain : language}</span>
        <button type="button" className="quiet" aria-label={words.copy.what(say.code.what)} onClick={() => void copy()}>{copied ? words.copy.copied : words.copy.copy}</button>
      </figcaption>
      <pre tabIndex={0} role="group" aria-label={say.code.what}><bdi dir="ltr">{text}</bdi></pre>
    </figure>
  );
}
